/** Enough for a steady 95th percentile. */
const TIMES = 100;
/** Before those that count: code gets compiled and connections get opened. */
const WARM_UP_TIMES = 20;

/** Times the same work again and again, in milliseconds. */
export async function repeated(work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let time = -WARM_UP_TIMES; time < TIMES; time++) {
    const startedAt = performance.now();
    await work();
    if (time >= 0) times.push(performance.now() - startedAt);
  }
  return times;
}
