import type { Measurement } from '../measurement.ts';
import type { StoredResults } from '../stored-results.ts';
import { bytes, count, megabytes, ratio, short } from './format-value.ts';
import { markdownTable } from './markdown-table.ts';
import { measurementsOf } from './stored-measurements.ts';
import { worthSaying } from './worth-saying.ts';

const HEAD = ['measurement', 'ratio', 'ours', 'limit', 'RSS', 'data worker'];

/** One section per size, the largest first: the table, and below it what else is worth saying. */
export function sizeSections(results: readonly StoredResults[], names: readonly string[]): string {
  return results
    .toReversed()
    .map((ofSize) => sectionOf(ofSize, measurementsOf(ofSize, names)))
    .join('\n\n');
}

function sectionOf(results: StoredResults, measurements: readonly Measurement[]): string {
  const isReal = results.runs.every(({ catalogue }) => catalogue.file !== null);
  const notes = measurements.flatMap((measurement) => worthSaying(measurement) ?? []);
  return [
    `### ${count(results.rows)}${isReal ? ' real' : ''} products`,
    circumstances(results),
    markdownTable(HEAD, measurements.map(cellsOf)),
    notes.join('\n'),
  ].join('\n\n');
}

/** Each run with what it made, if there are several. */
function circumstances({ runs }: StoredResults): string {
  return runs
    .map(({ startedAt, command, machine, node, loadAtStart, catalogue, lines }) => {
      const { products, rejected } = catalogue;
      const left = rejected === 0 ? '' : ` after ${rejected} rejected lines`;
      const made =
        runs.length === 1 ? '' : `, for ${lines.map(({ name }) => `\`${name}\``).join(', ')}`;
      return `- \`${command}\`${made}: ${startedAt.slice(0, 10)}, ${count(products)} products${left}; ${machine}, Node ${node.replace(/^v/, '')}, load ${short(loadAtStart)} at the start.`;
    })
    .join('\n');
}

function cellsOf(measurement: Measurement): string[] {
  const { name, details, rssMb } = measurement;
  const worker = details['workerHeapMb'];
  return [
    `\`${name}\``,
    ratio(measurement.ratio),
    oursOf(measurement),
    limitOf(measurement),
    megabytes(rssMb),
    worker === undefined ? '' : megabytes(worker),
  ];
}

function oursOf({ seconds, p50ms, p95ms, bytes: size }: Measurement): string {
  if (seconds !== undefined) return `${short(seconds)} s`;
  if (size !== undefined) return bytes(size);
  return spread(p50ms ?? 0, p95ms);
}

function limitOf({ seconds, bytes: size, limit, details }: Measurement): string {
  if (seconds !== undefined) return `${short(limit)} s`;
  if (size !== undefined) return bytes(limit);
  return spread(limit, details['limitP95ms']);
}

function spread(p50: number, p95: number | undefined): string {
  return p95 === undefined ? `${short(p50)} ms` : `${short(p50)} / ${short(p95)} ms`;
}
