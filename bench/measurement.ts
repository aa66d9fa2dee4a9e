/**
 * One line of the benchmark. `limit` is what the machine itself needs for the same work, measured in the same run and in
 * the same unit (seconds, milliseconds of the median, or bytes), and `ratio` is ours divided by it: machines differ, ratios last.
 */
export interface Measurement {
  /** Stable: scripts look for it. */
  name: string;
  /** Products in the catalogue. */
  rows: number;
  seconds?: number | undefined;
  p50ms?: number | undefined;
  p95ms?: number | undefined;
  bytes?: number | undefined;
  limit: number;
  ratio: number;
  /** Most memory that the measured process held at any moment, the server not included. */
  rssMb: number;
  /** What else is worth knowing, by name. */
  details: Readonly<Record<string, number>>;
}

/** As printed: the details follow the fields that every line has. */
export function jsonLine({ details, ...fields }: Measurement): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries({ ...fields, ...details }).map(([name, value]) => [
        name,
        typeof value === 'number' ? rounded(value) : value,
      ]),
    ),
  );
}

/** Four digits tell more than any benchmark can repeat; counts are kept whole. */
export function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}
