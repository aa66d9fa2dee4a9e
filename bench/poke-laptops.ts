import { loadavg } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
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

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new InvalidArgumentError('A whole number above 0, please.');
  }
  return number;
}

function line(what: string, { changes, arrived, expected, p50, p95, p99, max }: Waits): string {
  return `${what}: ${changes} changes, ${arrived} of ${expected} arrivals; p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, max ${max} ms\n`;
}

const flags = program.parse().opts<Flags>();
const figures = await runPokes({
  laptops: flags.laptops,
  laptopsPerSite: flags.perSite,
  movementsPerSecond: flags.rate,
  seconds: flags.seconds,
  catalogueChanges: flags.catalogue,
  processes: flags.processes,
  seed: flags.seed,
  signal: new AbortController().signal,
});
const kilobytes = ((figures.rssMbListening - figures.rssMbBefore) * 1_024) / figures.laptops;
process.stdout.write(
  [
    `${figures.laptops} laptops, seed ${flags.seed}, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}\n`,
    line('a movement at one site', figures.movements),
    line('a change of the catalogue', figures.catalogue),
    `server: ${figures.rssMbBefore.toFixed(0)} MB alone, ${figures.rssMbListening.toFixed(0)} MB while all listen, ${kilobytes.toFixed(0)} KB a laptop\n`,
    `server: ${(figures.coresIdle * 100).toFixed(1)} % of a core while nothing happens, ${figures.cpuMsPerDelivery.toFixed(2)} ms of processor for each row that arrives\n`,
    `failed pulls: ${figures.failures}\n`,
  ].join(''),
);
