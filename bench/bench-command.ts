import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { toWireError } from '../shared/errors.ts';

/** What every command that measures may be told. */
export interface BenchFlags {
  rows: number;
  data?: string;
  seed: number;
  repeat?: number;
  json?: boolean;
  save?: boolean;
}

const ROWS_DEFAULT = 100_000;
const SEED_DEFAULT = 1;
/** The middle one of several counts. A first sync of so many rows is steady by itself, and takes long. */
const REPEATS_DEFAULT = 3;
const ONE_IS_ENOUGH_ROWS = 500_000;
/** What shells expect of a program that Ctrl+C ended. */
const EXIT_INTERRUPTED = 130;

interface Words {
  description: string;
  seed: string;
  repeat: string;
}

export function benchCommand(name: string, { description, seed, repeat }: Words): Command {
  return new Command(name)
    .description(description)
    .option('--rows <number>', 'products', wholeNumber, ROWS_DEFAULT)
    .option('--data <file>', 'take the first rows of this file instead of a made-up catalogue')
    .option('--seed <number>', seed, wholeNumber, SEED_DEFAULT)
    .option('--repeat <number>', repeat, wholeNumber)
    .option('--json', 'print one line of JSON per measurement')
    .option('--save', 'keep the measurements in bench/results, for npm run bench:report')
    .showHelpAfterError('(--help lists the options)')
    .allowExcessArguments(false);
}

/** Does what the command line says. What goes wrong is a sentence, not a stack. */
export async function runCommand(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    tell(toWireError(error).message);
    process.exitCode = 1;
  }
}

/** Ctrl+C stops the work, which is no failure. */
export async function untilInterrupted(
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupted.abort());
  }
  try {
    await work(interrupted.signal);
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    tell('Stopped.');
    process.exitCode = EXIT_INTERRUPTED;
  }
}

export function catalogueOf({ rows, seed, data }: BenchFlags) {
  return { rows, seed, file: data === undefined ? null : resolve(data) };
}

export function repeatsOf({ rows, repeat }: BenchFlags): { long: number; short: number } {
  return {
    long: repeat ?? (rows < ONE_IS_ENOUGH_ROWS ? REPEATS_DEFAULT : 1),
    short: repeat ?? REPEATS_DEFAULT,
  };
}

/** Beside the lines that programs read. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('give a whole number from 1 on.');
}
