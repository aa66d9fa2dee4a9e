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
import { fileURLToPath } from 'node:url';
import { Option } from 'commander';
import {
  benchCommand,
  type BenchFlags,
  catalogueOf,
  repeatsOf,
  runCommand,
  tell,
  untilInterrupted,
} from '../bench-command.ts';
import { circumstancesNow } from '../circumstances.ts';
import { RESULTS_FOLDER, storeLine } from '../results-folder.ts';
import type { Circumstances } from '../stored-results.ts';
import { installPackages } from './install-packages.ts';
import { NOT_MEASURED, PEER_NAMES, PEERS, type PeerName } from './peer-names.ts';
import { peerJsonLine, peerTableHead, peerTableLine } from './print-peers.ts';
import { PEER_HEAP_MB, PEER_SECONDS_MAX } from './run-peer.ts';
import { runPeers } from './run-peers.ts';

interface Flags extends BenchFlags {
  only?: PeerName;
}

const program = benchCommand('bench:peers', {
  description: 'Measures other sync engines beside ours, with the same rows.',
  seed: 'of the made-up catalogue and of the changes',
  repeat: 'times to measure ours, of which the middle one counts',
})
  .addOption(new Option('--only <name>', 'a single peer, and the limit').choices(PEER_NAMES))
  .addHelpText('after', notMeasured)
  .action(benchPeers);

await runCommand(program);

async function benchPeers(flags: Flags): Promise<void> {
  const names = flags.only === undefined ? PEER_NAMES : [flags.only];
  if (names.some((name) => PEERS[name].needsPackages)) {
    await installPackages(fileURLToPath(new URL('.', import.meta.url)), tell);
  }
  tell(`A peer has ${PEER_SECONDS_MAX} s and ${PEER_HEAP_MB} MB of heap (--max-old-space-size).`);
  if (flags.only === undefined) tell(notMeasured().trim());
  await untilInterrupted((signal) => measure(flags, names, signal));
}

/** Prints each line when it is there, and keeps it if asked to. */
async function measure(
  flags: Flags,
  names: readonly PeerName[],
  signal: AbortSignal,
): Promise<void> {
  const { rows, json = false } = flags;
  const circumstancesOf = circumstancesNow('bench:peers', flags);
  let circumstances: Circumstances | null = null;
  const lines = runPeers({
    names,
    catalogue: catalogueOf(flags),
    repeats: repeatsOf(flags),
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
