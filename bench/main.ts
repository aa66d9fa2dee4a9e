import { mkdirSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { BASELINE_FILE, catalogueName, ratiosOf, storeRatio } from './baseline.ts';
import {
  benchCommand,
  type BenchFlags,
  catalogueOf,
  repeatsOf,
  runCommand,
  tell,
  untilInterrupted,
} from './bench-command.ts';
import { checkRatios, comparisonTable } from './check-ratios.ts';
import { circumstancesNow } from './circumstances.ts';
import { jsonLine, type Measurement } from './measurement.ts';
import { tableHead, tableLine } from './print-table.ts';
import { RESULTS_FOLDER, storeLine } from './results-folder.ts';
import { MEASUREMENTS, type MeasurementName, runBench } from './run-bench.ts';
import type { Circumstances } from './stored-results.ts';

interface Flags extends BenchFlags {
  only?: MeasurementName;
  profile?: string;
  check?: boolean;
  updateBaseline?: boolean;
}

/** More than this share of the cores at work before we start is too much. */
const BUSY_SHARE = 0.5;

const program = benchCommand('bench', {
  description: 'Measures sync and search against what this machine itself needs for the same work.',
  seed: 'of the made-up catalogue and the choice of rows',
  repeat: 'times to measure, of which the middle one counts',
})
  .addOption(new Option('--only <name>', 'a single measurement').choices(MEASUREMENTS))
  .option('--profile <folder>', 'write a CPU profile of every thread there')
  .addOption(
    new Option(
      '--check',
      'fail if a ratio is worse by a quarter than in bench/baseline.json, three times',
    ).conflicts('updateBaseline'),
  )
  .option('--update-baseline', 'write the ratios of this run into bench/baseline.json')
  .action(bench);

await runCommand(program);

async function bench(flags: Flags): Promise<void> {
  if (flags.profile !== undefined) mkdirSync(flags.profile, { recursive: true });
  const baseline = flags.check ? ratiosOf(BASELINE_FILE, nameOf(flags)) : null;
  tellIfBusy();
  await untilInterrupted(async (signal) => {
    const measured = await measure(flags, flags.only === undefined ? null : [flags.only], signal);
    if (baseline === null) return;
    const compared = await checkRatios(baseline, measured, (names) => {
      tell(`\nSeems worse, so once more: ${names.join(', ')}`);
      return measure(flags, names as MeasurementName[], signal);
    });
    tell(`\n${comparisonTable(compared)}`);
    if (compared.some(({ isWorse }) => isWorse)) process.exitCode = 1;
  });
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
    catalogue: catalogueOf(flags),
    only,
    repeats: repeatsOf(flags),
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
