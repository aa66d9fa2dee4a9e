import { loadavg } from 'node:os';
import { Command } from 'commander';
import { runCommand, untilInterrupted, wholeNumber } from './bench-command.ts';
import { runPokes, type Waits } from './pokes/run-pokes.ts';

const program = new Command('poke-laptops')
  .description(
    'Holds laptops on one server process and measures how soon they have what others do.',
  )
  .option('--laptops <number>', 'how many listen', wholeNumber, 1_000)
  .option('--per-site <number>', 'how many follow the same site', wholeNumber, 4)
  .option('--rate <number>', 'movements a second', wholeNumber, 20)
  .option('--seconds <number>', 'for how long goods move', wholeNumber, 20)
  .option('--catalogue <number>', 'changes that every laptop hears of', wholeNumber, 3)
  .option('--processes <number>', 'that hold the laptops', wholeNumber, 2)
  .option('--seed <number>', 'of what is random', wholeNumber, 1);

interface Flags {
  laptops: number;
  perSite: number;
  rate: number;
  seconds: number;
  catalogue: number;
  processes: number;
  seed: number;
}

function line(what: string, { changes, arrived, expected, p50, p95, p99, max }: Waits): string {
  return `${what}: ${changes} changes, ${arrived} of ${expected} arrivals; p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, max ${max} ms\n`;
}

async function measure(flags: Flags, signal: AbortSignal): Promise<void> {
  const { perSite, rate, catalogue, ...others } = flags;
  const figures = await runPokes({
    ...others,
    laptopsPerSite: perSite,
    movementsPerSecond: rate,
    catalogueChanges: catalogue,
    signal,
  });
  const kilobytes = ((figures.rssMbListening - figures.rssMbBefore) * 1_024) / flags.laptops;
  process.stdout.write(
    [
      `${flags.laptops} laptops, seed ${flags.seed}, load ${loadavg()
        .map((load) => load.toFixed(1))
        .join(' ')}\n`,
      line('a movement at one site', figures.movements),
      line('a change of the catalogue', figures.catalogue),
      `server: ${figures.rssMbBefore.toFixed(0)} MB alone, ${figures.rssMbListening.toFixed(0)} MB while all listen, ${kilobytes.toFixed(0)} KB a laptop\n`,
      `server: ${(figures.coresIdle * 100).toFixed(1)} % of a core while nothing happens, ${figures.cpuMsPerDelivery.toFixed(2)} ms of processor for each row that arrives\n`,
      `failed pulls: ${figures.failures}\n`,
    ].join(''),
  );
}

program.action((flags: Flags) => untilInterrupted((signal) => measure(flags, signal)));
await runCommand(program);
