/** Numbers from 0 to below 1 that are the same for the same seed, on every machine. (mulberry32, public domain.) */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` different whole numbers below `below`, or all of them if there are not so many. */
export function sampleBelow(below: number, count: number, random: () => number): number[] {
  if (count >= below) return Array.from({ length: below }, (_, at) => at);
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(Math.floor(random() * below));
  return [...chosen];
}
