/**
 * Other sync engines beside ours, in one run, with the same rows, on this machine:
 *
 *     npm run bench:peers -- --rows 100000 [--data FILE] [--only NAME] [--json] [--save]
 *
 * Installs their packages into this folder when they are missing. Peers get their rows as plain JSON pages from a process
 * of its own; ours from our server, in its own protocol. Every peer has a process of its own, which does a first sync,
 * syncs after 1,000 products have changed, and syncs when nothing has. `× limit` compares a peer with better-sqlite3 alone
 * on the same rows in one table with the shortest search index, and ours with the limits of `npm run bench`, whose search
 * index is larger.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { toWireError } from '../../shared/errors.ts';
import { circumstancesNow } from '../circumstances.ts';
import { RESULTS_FOLDER, storeLine } from '../results-folder.ts';
import type { Circumstances } from '../stored-results.ts';
import { installPackages } from './install-packages.ts';
import { NOT_MEASURED, PEER_NAMES, PEERS, type PeerName } from './peer-names.ts';
import { peerJsonLine, peerTableHead, peerTableLine } from './print-peers.ts';
import { PEER_HEAP_MB, PEER_SECONDS_MAX } from './run-peer.ts';
import { runPeers } from './run-peers.ts';

interface Flags {
  rows: number;
  only?: PeerName;
  data?: string;
  seed: number;
  repeat?: number;
  json?: boolean;
  save?: boolean;
}

const ROWS_DEFAULT = 100_000;
const SEED_DEFAULT = 1;
const REPEATS = 3;
/** From here on one first sync of ours is steady enough. */
const ONE_IS_ENOUGH_ROWS = 500_000;
/** What shells expect of a program that Ctrl+C ended. */
const EXIT_INTERRUPTED = 130;

const program = new Command('bench:peers')
  .description('Measures other sync engines beside ours, with the same rows.')
  .option('--rows <number>', 'products', wholeNumber, ROWS_DEFAULT)
  .addOption(new Option('--only <name>', 'a single peer, and the limit').choices(PEER_NAMES))
  .option('--data <file>', 'take the first rows of this file instead of a made-up catalogue')
  .option(
    '--seed <number>',
    'of the made-up catalogue and of the changes',
    wholeNumber,
    SEED_DEFAULT,
  )
  .option('--repeat <number>', 'times to measure ours, of which the middle one counts', wholeNumber)
  .option('--json', 'print one line of JSON per measurement')
  .option('--save', 'keep the measurements in bench/results, for npm run bench:report')
  .addHelpText('after', notMeasured)
  .showHelpAfterError('(--help lists the options)')
  .allowExcessArguments(false)
  .action(benchPeers);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${toWireError(error).message}\n`);
  process.exitCode = 1;
}

async function benchPeers(flags: Flags): Promise<void> {
  const names = flags.only === undefined ? PEER_NAMES : [flags.only];
  if (names.some((name) => PEERS[name].needsPackages)) {
    await installPackages(fileURLToPath(new URL('.', import.meta.url)), tell);
  }
  tell(`A peer has ${PEER_SECONDS_MAX} s and ${PEER_HEAP_MB} MB of heap (--max-old-space-size).`);
  if (flags.only === undefined) tell(notMeasured().trim());
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupted.abort());
  }
  try {
    await measure(flags, names, interrupted.signal);
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    tell('Stopped.');
    process.exitCode = EXIT_INTERRUPTED;
  }
}

/** Prints each line when it is there, and keeps it if asked to. */
async function measure(
  flags: Flags,
  names: readonly PeerName[],
  signal: AbortSignal,
): Promise<void> {
  const { rows, seed, data, json = false } = flags;
  const circumstancesOf = circumstancesNow('bench:peers', flags);
  let circumstances: Circumstances | null = null;
  const lines = runPeers({
    names,
    catalogue: { rows, seed, file: data === undefined ? null : resolve(data) },
    repeats: {
      long: flags.repeat ?? (rows < ONE_IS_ENOUGH_ROWS ? REPEATS : 1),
      short: flags.repeat ?? REPEATS,
    },
    signal,
    onReady: (server) => {
      tell(`${server.imported} products, ${server.rejected} lines rejected`);
      circumstances = circumstancesOf(server);
      if (!json) process.stdout.write(peerTableHead());
    },
  });
  for await (const line of lines) {
    process.stdout.write(json ? `${peerJsonLine(line)}\n` : peerTableLine(line));
    if (flags.save && circumstances !== null) {
      await storeLine({ folder: RESULTS_FOLDER, kind: 'peers', rows }, circumstances, line);
    }
  }
}

function notMeasured(): string {
  const reasons = Object.entries(NOT_MEASURED).map(([name, why]) => `  ${name}: ${why}`);
  return `\nNot measured:\n${reasons.join('\n')}\n`;
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
