import { mkdirSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { toWireError } from '../shared/errors.ts';
import { BASELINE_FILE, catalogueName, ratiosOf, storeRatio } from './baseline.ts';
import { checkRatios, comparisonTable } from './check-ratios.ts';
import { circumstancesNow } from './circumstances.ts';
import { jsonLine, type Measurement } from './measurement.ts';
import { tableHead, tableLine } from './print-table.ts';
import { RESULTS_FOLDER, storeLine } from './results-folder.ts';
import { MEASUREMENTS, type MeasurementName, runBench } from './run-bench.ts';
import type { Circumstances } from './stored-results.ts';

interface Flags {
  rows: number;
  only?: MeasurementName;
  data?: string;
  seed: number;
  repeat?: number;
  profile?: string;
  json?: boolean;
  save?: boolean;
  check?: boolean;
  updateBaseline?: boolean;
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
  .option('--save', 'keep the measurements in bench/results, for npm run bench:report')
  .addOption(
    new Option(
      '--check',
      'fail if a ratio is worse by a quarter than in bench/baseline.json, three times',
    ).conflicts('updateBaseline'),
  )
  .option('--update-baseline', 'write the ratios of this run into bench/baseline.json')
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
  if (flags.profile !== undefined) mkdirSync(flags.profile, { recursive: true });
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupted.abort());
  }
  const baseline = flags.check ? ratiosOf(BASELINE_FILE, nameOf(flags)) : null;
  tellIfBusy();
  try {
    const only = flags.only === undefined ? null : [flags.only];
    const measured = await measure(flags, only, interrupted.signal);
    if (baseline !== null) {
      const compared = await checkRatios(baseline, measured, (names) => {
        tell(`\nSeems worse, so once more: ${names.join(', ')}`);
        return measure(flags, names as MeasurementName[], interrupted.signal);
      });
      tell(`\n${comparisonTable(compared)}`);
      if (compared.some(({ isWorse }) => isWorse)) process.exitCode = 1;
    }
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    tell('Stopped.');
    process.exitCode = EXIT_INTERRUPTED;
  }
}

/** Measures, prints each measurement when it is there and keeps it if asked to. */
async function measure(
  flags: Flags,
  only: readonly MeasurementName[] | null,
  signal: AbortSignal,
): Promise<Measurement[]> {
  const { rows, seed, json = false } = flags;
  const circumstancesOf = circumstancesNow('bench', flags);
  let circumstances: Circumstances | null = null;
  const measurements = runBench({
    catalogue: { rows, seed, file: flags.data === undefined ? null : resolve(flags.data) },
    only,
    repeats: {
      long: flags.repeat ?? (rows < ONE_IS_ENOUGH_ROWS ? REPEATS_DEFAULT : 1),
      short: flags.repeat ?? REPEATS_DEFAULT,
    },
    profileFolder: flags.profile === undefined ? null : resolve(flags.profile),
    signal,
    onReady: (server) => {
      const { imported, rejected, importSeconds } = server;
      const source = flags.data === undefined ? `made up from seed ${seed}` : `of ${flags.data}`;
      tell(
        `${imported} products ${source}, imported in ${importSeconds.toFixed(1)} s; ${rejected} lines rejected`,
      );
      circumstances = circumstancesOf(server);
      if (!json) process.stdout.write(tableHead());
    },
  });
  const measured: Measurement[] = [];
  for await (const measurement of measurements) {
    process.stdout.write(json ? `${jsonLine(measurement)}\n` : tableLine(measurement));
    if (flags.save && circumstances !== null) {
      const place = { folder: RESULTS_FOLDER, kind: 'ours', rows } as const;
      await storeLine(place, circumstances, measurement);
    }
    if (flags.updateBaseline) await storeRatio(BASELINE_FILE, nameOf(flags), measurement);
    measured.push(measurement);
  }
  return measured;
}

function nameOf({ rows, data }: Flags): string {
  return catalogueName({ rows, file: data ?? null });
}

/** Ratios stand a busy machine better than times do, but not well. */
function tellIfBusy(): void {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  if (load <= cores * BUSY_SHARE) return;
  tell(
    `Other programs keep this machine busy (load ${load.toFixed(1)} on ${cores} cores): times will be too long.`,
  );
}

/** Beside the lines that programs read. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('give a whole number from 1 on.');
}
