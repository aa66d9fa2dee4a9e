import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { TallymanError } from '../shared/errors.ts';
import { rounded } from './measurement.ts';
import {
  type Circumstances,
  type StoredLine,
  type StoredResults,
  storedResultsField,
  withLine,
} from './stored-results.ts';
import { writeFormatted } from './write-formatted.ts';

export const RESULTS_FOLDER = fileURLToPath(new URL('results', import.meta.url));

/** Our own measurements, and those of peers beside ours. */
export type ResultsKind = 'ours' | 'peers';

function fileNameOf(kind: ResultsKind, rows: number): string {
  return `${kind === 'ours' ? '' : 'peers-'}${rows}.json`;
}

/** Stores a line as soon as it is known: a run of a million takes long, and may be stopped. */
export async function storeLine(
  { folder, kind, rows }: { folder: string; kind: ResultsKind; rows: number },
  circumstances: Circumstances,
  line: StoredLine,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, fileNameOf(kind, rows));
  const before = existsSync(path) ? readResults(path) : { rows, runs: [] };
  const after = withLine(before, circumstances, withRoundedNumbers(line));
  await writeFormatted(path, JSON.stringify(after));
}

/** Smallest catalogue first. */
export function readAllResults(folder: string, kind: ResultsKind): StoredResults[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => ({ name, rows: Number(/(?<rows>\d+)\.json$/.exec(name)?.groups?.['rows']) }))
    .filter(({ name, rows }) => name === fileNameOf(kind, rows))
    .toSorted((a, b) => a.rows - b.rows)
    .map(({ name }) => readResults(join(folder, name)));
}

function readResults(path: string): StoredResults {
  const parsed = storedResultsField.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new TallymanError(
    'BAD_INPUT',
    `${path} does not hold results of the benchmark: ${z.prettifyError(parsed.error)}. Remove it and measure again.`,
  );
}

function withRoundedNumbers(line: StoredLine): StoredLine {
  return JSON.parse(
    JSON.stringify(line, (_key, value: unknown) =>
      typeof value === 'number' ? rounded(value) : value,
    ),
  ) as StoredLine;
}
