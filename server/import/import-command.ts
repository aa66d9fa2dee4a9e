import { SingleBar } from 'cli-progress';
import { TallymanError } from '../../shared/errors.ts';
import { openStore } from '../store/open-store.ts';
import { runCheck } from './check-command.ts';
import { importFile } from './import-file.ts';
import type { ImportKind } from './import-kind.ts';
import { makeIdSource } from '../store/make-id-source.ts';
import { type ImportSource, openSource } from './open-source.ts';
import { quoted } from './reject.ts';
import { RejectsFile } from './rejects-file.ts';

export interface ImportCommandOptions {
  file: string;
  /** The server's data folder. */
  data: string;
  /** `postgres://…`, if the rows are there. */
  database?: string | undefined;
  kind: ImportKind;
  /** Of prices without a currency of their own. */
  currency?: string | undefined;
  /** Checks everything, tells about every problem and writes nothing. */
  dryRun?: boolean | undefined;
}

/** The terminal and the clock, so that a test can stand in for them. */
export interface ImportTerminal {
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream & { isTTY?: boolean | undefined };
  now: () => number;
  /** Ends the import after the batch at hand. Ctrl+C if it is not given. */
  signal?: AbortSignal | undefined;
}

const DEFAULT_CURRENCY = 'EUR';
const CURRENCY_CODE = /^[A-Z]{3}$/;
/** What shells expect of a program that Ctrl+C ended. */
const EXIT_INTERRUPTED = 130;

/** Imports a file and tells about it. The last line on stdout is JSON for scripts. Returns the exit code. */
export async function runImportCommand(
  options: ImportCommandOptions,
  terminal: ImportTerminal = { stdout: process.stdout, stderr: process.stderr, now: Date.now },
): Promise<number> {
  try {
    return await untilInterrupted(terminal.signal, async (signal) =>
      options.dryRun === true
        ? runCheck({ ...options, currency: currencyOf(options) }, terminal, signal)
        : runImport(options, terminal, signal),
    );
  } catch (error) {
    if (!(error instanceof TallymanError)) throw error;
    terminal.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function runImport(
  options: ImportCommandOptions,
  { stdout, stderr, now }: ImportTerminal,
  signal: AbortSignal,
): Promise<number> {
  const { file, data, kind } = options;
  const currency = currencyOf(options);
  const startedAt = now();
  const source = await openSource(file);
  const store = await openStore({ dataDir: data, database: options.database, now });
  const rejects = new RejectsFile({ dataDir: data, source: file, startedAt });
  const bar = stderr.isTTY === true ? startBar(source, stderr) : null;
  const common = { store, path: file, source, kind, currency, rejects, signal };
  try {
    const report = await importFile({
      ...common,
      newId: makeIdSource(now),
      onBatch: ({ read }) => bar?.update(source.bytesRead(), { read }),
    });
    bar?.stop();
    const { totals, ignored } = report;
    if (ignored.length > 0) {
      const names = ignored.map(quoted).join(', ');
      stderr.write(`Columns without a use here were passed over: ${names}.\n`);
    }
    if (signal.aborted) {
      stderr.write(
        `Stopped. The first ${totals.read} lines are done and stay done; run the same command again to go on.\n`,
      );
      return EXIT_INTERRUPTED;
    }
    const { read, imported, unchanged, rejected } = totals;
    const seconds = (now() - startedAt) / 1_000;
    stdout.write(`${JSON.stringify({ read, imported, unchanged, rejected, seconds })}\n`);
    return 0;
  } finally {
    bar?.stop();
    tellRejects(rejects, stderr);
    rejects.close();
    await store.close();
  }
}

function currencyOf({ currency = DEFAULT_CURRENCY }: ImportCommandOptions): string {
  if (CURRENCY_CODE.test(currency)) return currency;
  throw new TallymanError('BAD_INPUT', '--currency takes a code of three letters, such as EUR.');
}

function startBar(source: ImportSource, stream: NodeJS.WritableStream): SingleBar {
  const bar = new SingleBar({
    format: 'Importing [{bar}] {percentage}% | {read} lines | {eta_formatted} left',
    stream,
    hideCursor: true,
  });
  bar.start(source.bytesTotal, 0, { read: 0 });
  return bar;
}

function tellRejects({ counts, path }: RejectsFile, stderr: NodeJS.WritableStream): void {
  if (counts.length === 0) return;
  stderr.write('Rejected lines:\n');
  for (const { reason, count, first } of counts) {
    stderr.write(`  ${count} × ${reason}, first in line ${first.line}: ${first.reject.sentence}\n`);
  }
  stderr.write(`All of them and their reasons are in ${path}\n`);
}

/** Ctrl+C asks for an orderly end; a second one ends the program as it always does. */
async function untilInterrupted<T>(
  given: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (given !== undefined) return work(given);
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    return await work(interrupted.signal);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
