import { mkdirSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { toWireError } from '../shared/errors.ts';
import { jsonLine } from './measurement.ts';
import { tableHead, tableLine } from './print-table.ts';
import { MEASUREMENTS, type MeasurementName, runBench } from './run-bench.ts';

interface Flags {
  rows: number;
  only?: MeasurementName;
  data?: string;
  seed: number;
  repeat?: number;
  profile?: string;
  json?: boolean;
}

const ROWS_DEFAULT = 100_000;
const SEED_DEFAULT = 1;
/** The middle one of several counts. A first sync of so many rows is steady by itself, and takes long. */
const REPEATS_DEFAULT = 3;
const ONE_IS_ENOUGH_ROWS = 500_000;
/** More than this share of the cores at work before we start is too much. */
const BUSY_SHARE = 0.5;
/** What shells expect of a program that Ctrl+C ended. */
const EXIT_INTERRUPTED = 130;

const program = new Command('bench')
  .description('Measures sync and search against what this machine itself needs for the same work.')
  .option('--rows <number>', 'products', wholeNumber, ROWS_DEFAULT)
  .addOption(new Option('--only <name>', 'a single measurement').choices(MEASUREMENTS))
  .option('--data <file>', 'take the first rows of this file instead of a made-up catalogue')
  .option(
    '--seed <number>',
    'of the made-up catalogue and the choice of rows',
    wholeNumber,
    SEED_DEFAULT,
  )
  .option('--repeat <number>', 'times to measure, of which the middle one counts', wholeNumber)
  .option('--profile <folder>', 'write a CPU profile of every thread there')
  .option('--json', 'print one line of JSON per measurement')
  .showHelpAfterError('(--help lists the options)')
  .allowExcessArguments(false)
  .action(bench);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${toWireError(error).message}\n`);
  process.exitCode = 1;
}

async function bench(flags: Flags): Promise<void> {
  const { rows, seed, json = false } = flags;
  if (flags.profile !== undefined) mkdirSync(flags.profile, { recursive: true });
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupted.abort());
  }
  tellIfBusy();
  const measurements = runBench({
    catalogue: { rows, seed, file: flags.data === undefined ? null : resolve(flags.data) },
    only: flags.only === undefined ? null : [flags.only],
    repeats: {
      long: flags.repeat ?? (rows < ONE_IS_ENOUGH_ROWS ? REPEATS_DEFAULT : 1),
      short: flags.repeat ?? REPEATS_DEFAULT,
    },
    profileFolder: flags.profile === undefined ? null : resolve(flags.profile),
    signal: interrupted.signal,
    onReady: ({ imported, rejected, importSeconds }) => {
      const source = flags.data === undefined ? `made up from seed ${seed}` : `of ${flags.data}`;
      process.stderr.write(
        `${imported} products ${source}, imported in ${importSeconds.toFixed(1)} s; ${rejected} lines rejected\n`,
      );
      if (!json) process.stdout.write(tableHead());
    },
  });
  try {
    for await (const measurement of measurements) {
      process.stdout.write(json ? `${jsonLine(measurement)}\n` : tableLine(measurement));
    }
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    process.stderr.write('Stopped.\n');
    process.exitCode = EXIT_INTERRUPTED;
  }
}

/** Ratios stand a busy machine better than times do, but not well. */
function tellIfBusy(): void {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  if (load <= cores * BUSY_SHARE) return;
  process.stderr.write(
    `Other programs keep this machine busy (load ${load.toFixed(1)} on ${cores} cores): times will be too long.\n`,
  );
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('give a whole number from 1 on.');
}
