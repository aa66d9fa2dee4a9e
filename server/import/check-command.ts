import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeIdSource } from '../store/make-id-source.ts';
import { DATABASE_FILE, openStore } from '../store/open-store.ts';
import { importFile } from './import-file.ts';
import type { ImportKind } from './import-kind.ts';
import { openSource } from './open-source.ts';
import { ProblemPrinter } from './problem-printer.ts';
import { RejectsFile } from './rejects-file.ts';

export interface CheckOptions {
  file: string;
  data: string;
  database?: string | undefined;
  kind: ImportKind;
  currency: string;
}

interface CheckTerminal {
  stdout: NodeJS.WritableStream;
  now: () => number;
}

/** A dry run has found something. */
const EXIT_PROBLEMS = 2;
const EXIT_INTERRUPTED = 130;

/**
 * The dry run of an import: reads everything, tells about every problem and writes nothing but the rejects file. The last
 * line on stdout is JSON for scripts. Returns the exit code.
 */
export async function runCheck(
  options: CheckOptions,
  { stdout, now }: CheckTerminal,
  signal: AbortSignal,
): Promise<number> {
  const { file, data } = options;
  const startedAt = now();
  const source = await openSource(file);
  const folder = folderToRead(data, options.database);
  const store = await openStore({ dataDir: folder.path, database: options.database, now });
  const printer = new ProblemPrinter(stdout);
  const rejects = new RejectsFile({
    // A data folder that is not there yet is not made by a dry run.
    dataDir: folder.isTemporary ? dirname(file) : data,
    source: file,
    startedAt,
    onRejected: printer.print,
  });
  try {
    const { totals } = await importFile({
      ...options,
      path: file,
      source,
      store,
      rejects,
      signal,
      dryRun: true,
      newId: makeIdSource(now),
      onBatch: () => undefined,
    });
    printer.end(rejects.path);
    if (signal.aborted) return EXIT_INTERRUPTED;
    const { read, imported, unchanged, rejected } = totals;
    const result = { dryRun: true, read, imported, unchanged, rejected, problems: printer.count };
    const seconds = (now() - startedAt) / 1_000;
    stdout.write(`${JSON.stringify({ ...result, seconds })}\n`);
    return printer.count === 0 ? 0 : EXIT_PROBLEMS;
  } finally {
    rejects.close();
    await store.close();
    folder.remove();
  }
}

/** The data folder, or an empty one for as long as the check runs. */
function folderToRead(
  data: string,
  database: string | undefined,
): { path: string; isTemporary: boolean; remove: () => void } {
  if (database !== undefined || existsSync(join(data, DATABASE_FILE))) {
    return { path: data, isTemporary: false, remove: () => undefined };
  }
  const path = mkdtempSync(join(tmpdir(), 'tallyman-dry-run-'));
  return { path, isTemporary: true, remove: () => rmSync(path, { recursive: true, force: true }) };
}
