/**
 * Other sync engines beside ours, in one run, with the same rows, on this machine:
 *
 *     npm run bench:peers -- --rows 100000 [--data FILE] [--only NAME] [--json]
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
  json?: boolean;
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
  .option('--json', 'print one line of JSON per measurement')
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

async function benchPeers({ rows, seed, only, data, json = false }: Flags): Promise<void> {
  const names = only === undefined ? PEER_NAMES : [only];
  if (names.some((name) => PEERS[name].needsPackages)) {
    await installPackages(fileURLToPath(new URL('.', import.meta.url)), say);
  }
  say(`A peer has ${PEER_SECONDS_MAX} s and ${PEER_HEAP_MB} MB of heap (--max-old-space-size).`);
  if (only === undefined) say(notMeasured().trim());
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupted.abort());
  }
  const lines = runPeers({
    names,
    catalogue: { rows, seed, file: data === undefined ? null : resolve(data) },
    repeats: { long: rows < ONE_IS_ENOUGH_ROWS ? REPEATS : 1, short: REPEATS },
    signal: interrupted.signal,
    onReady: ({ imported, rejected }) => {
      say(`${imported} products, ${rejected} lines rejected`);
      if (!json) process.stdout.write(peerTableHead());
    },
  });
  try {
    for await (const line of lines) {
      process.stdout.write(json ? `${peerJsonLine(line)}\n` : peerTableLine(line));
    }
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    say('Stopped.');
    process.exitCode = EXIT_INTERRUPTED;
  }
}

function notMeasured(): string {
  const reasons = Object.entries(NOT_MEASURED).map(([name, why]) => `  ${name}: ${why}`);
  return `\nNot measured:\n${reasons.join('\n')}\n`;
}

/** Beside the lines that programs read. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('give a whole number from 1 on.');
}
