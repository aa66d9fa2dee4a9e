/** From a value to a place on the paper, where ten times as much is always as far. */
export function logScale(
  values: { from: number; to: number },
  places: { from: number; to: number },
): (value: number) => number {
  const from = Math.log10(values.from);
  const to = Math.log10(values.to);
  return (value) =>
    places.from + ((Math.log10(value) - from) / (to - from)) * (places.to - places.from);
}

/** Whole powers of ten around the values; at least one apart. */
export function decadesAround(values: readonly number[]): number[] {
  const logs = values.filter((value) => value > 0).map((value) => Math.log10(value));
  const from = Math.floor(Math.min(...logs));
  const to = Math.max(Math.ceil(Math.max(...logs)), from + 1);
  return Array.from({ length: to - from + 1 }, (_, at) => 10 ** (from + at));
}
