import type { Measurement } from '../measurement.ts';
import type { StoredResults } from '../stored-results.ts';

/** All that came to its end, whichever run it is of, in the order of `names`; unknown names come last. */
export function measurementsOf({ runs }: StoredResults, names: readonly string[]): Measurement[] {
  const place = ({ name }: Measurement): number =>
    names.includes(name) ? names.indexOf(name) : names.length;
  return runs
    .flatMap(({ lines }) => lines)
    .filter((line): line is Measurement => 'ratio' in line)
    .toSorted((a, b) => place(a) - place(b));
}

/** In milliseconds, where it is a time: what is drawn and grows. */
export function millisecondsOf({ seconds, p50ms }: Measurement): number | null {
  return seconds === undefined ? (p50ms ?? null) : seconds * 1_000;
}

export function limitMillisecondsOf(measurement: Measurement): number {
  return measurement.seconds === undefined ? measurement.limit : measurement.limit * 1_000;
}
