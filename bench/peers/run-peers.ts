import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchProcess, startProcess } from '../bench-process.ts';
import { type BenchOptions, MEASUREMENTS, runBench } from '../run-bench.ts';
import type { PeerReport } from './peer.ts';
import type { PeerName } from './peer-names.ts';
import { type PeerLine, peerLines } from './print-peers.ts';
import { PEER_HEAP_MB, PEER_SECONDS_MAX, runPeer } from './run-peer.ts';
import type { SourceInput, SourceOutput } from './source-process.ts';

/** Ours that peers are compared with; those of them that the benchmark has. */
const OURS: ReadonlySet<string> = new Set([
  'first-sync-pages',
  'first-sync-snapshot',
  'changed-1000-of-n',
  'nothing-changed',
]);
const CHANGES = 1_000;
const LIMIT: PeerName = 'raw-limit';

export interface PeersOptions extends Pick<BenchOptions, 'catalogue' | 'repeats' | 'signal'> {
  names: readonly PeerName[];
  onReady: BenchOptions['onReady'];
}

/** Ours, the raw limit and the peers one after another, all with the rows that our server has after its import. */
export async function* runPeers(options: PeersOptions): AsyncGenerator<PeerLine, void, void> {
  const { signal } = options;
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-peers-'));
  let source: BenchProcess<SourceOutput> | null = null;
  try {
    yield* runBench({
      ...options,
      only: MEASUREMENTS.filter((name) => OURS.has(name)),
      profileFolder: null,
      onReady: async (server) => {
        await options.onReady(server);
        const input = { databaseFile: server.databaseFile, seed: options.catalogue.seed };
        source = await startProcess<SourceInput, SourceOutput>(
          new URL('source-process.ts', import.meta.url),
          input,
          { profileFolder: null, signal },
        );
      },
    });
    if (source) yield* measurePeers(source, folder, options);
  } finally {
    await (source as BenchProcess<SourceOutput> | null)?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function* measurePeers(
  source: BenchProcess<SourceOutput>,
  folder: string,
  { names, signal }: PeersOptions,
): AsyncGenerator<PeerLine, void, void> {
  const { url, controlUrl, rows } = source.value;
  const changes = Math.min(CHANGES, rows);
  let limits: PeerReport['runs'] = {};
  for (const name of [LIMIT, ...names.filter((each) => each !== LIMIT)]) {
    const ownFolder = join(folder, name);
    const report = await runPeer(
      { name, folder: ownFolder, sourceUrl: url, controlUrl, rows, changes },
      { seconds: PEER_SECONDS_MAX, heapMb: PEER_HEAP_MB, signal },
    );
    rmSync(ownFolder, { recursive: true, force: true });
    if (name === LIMIT) limits = report.runs;
    yield* peerLines(report, { rows, changes, heapMb: PEER_HEAP_MB, limits });
  }
}
