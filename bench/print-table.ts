import { type Measurement, rounded } from './measurement.ts';

const COLUMNS = [
  { title: 'measurement', width: 22 },
  { title: 'ratio', width: 8 },
  { title: 'ours', width: 24 },
  { title: 'limit', width: 12 },
  { title: 'RSS', width: 9 },
] as const;

export function tableHead(): string {
  return line(COLUMNS.map(({ title }) => title));
}

/** A line of the table and what else is known, indented below it. */
export function tableLine({
  name,
  rows,
  ratio,
  limit,
  rssMb,
  details,
  ...times
}: Measurement): string {
  const more = Object.entries({ rows, ...details }).map(
    ([key, value]) => `${key} ${rounded(value)}`,
  );
  return (
    line([
      name,
      `${ratio.toFixed(2)} ×`,
      ...oursAndLimit(times, limit),
      `${Math.round(rssMb)} MB`,
    ]) + `    ${more.join(', ')}\n`
  );
}

function oursAndLimit(
  { seconds, bytes, p50ms = 0, p95ms = 0 }: Partial<Measurement>,
  limit: number,
): readonly [string, string] {
  if (bytes !== undefined) return [`${bytes} bytes`, `${limit} bytes`];
  if (seconds !== undefined) return [`${rounded(seconds)} s`, `${rounded(limit)} s`];
  return [`${rounded(p50ms)} / ${rounded(p95ms)} ms`, `${rounded(limit)} ms`];
}

function line(cells: readonly string[]): string {
  return `${cells
    .map((cell, at) => cell.padEnd(COLUMNS[at]?.width ?? 0))
    .join(' ')
    .trimEnd()}\n`;
}
