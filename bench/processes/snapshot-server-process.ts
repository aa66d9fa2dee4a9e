import { join } from 'node:path';
import { runBuilder } from '../../server/snapshot/run-builder.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { must } from '../../shared/domain/assert.ts';
import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import { serveProcess } from '../bench-process.ts';

export interface SnapshotServerInput {
  /** Of a server that holds the catalogue; it may be running. */
  dataDir: string;
}

export interface SnapshotServerOutput {
  url: string;
  /** The chunks as they travel. */
  packedFile: string;
  frames: readonly { bytes: number; plainBytes: number }[];
  bytes: number;
  plainBytes: number;
  buildSeconds: number;
  packSeconds: number;
  builderMb: number;
}

const BYTES_PER_MB = 1024 * 1024;
let server: RunningServer | null = null;

/** A second server on the same data, which offers a snapshot that was built just now. Stays until its starter goes. */
serveProcess(
  async ({ dataDir }: SnapshotServerInput): Promise<SnapshotServerOutput> => {
    const never = new AbortController().signal;
    const built = must(
      await runBuilder({ dataDir, scope: CATALOGUE_SCOPE }, never),
      'a snapshot that nobody else builds',
    );
    server = await startServer({ dataDir, port: 0 });
    const { hash, bytes, plainBytes, chunks } = built.manifest;
    return {
      url: server.url,
      packedFile: join(dataDir, 'snapshots', `${hash}.zst`),
      frames: chunks.map((chunk) => ({ bytes: chunk.bytes, plainBytes: chunk.plainBytes })),
      bytes,
      plainBytes,
      buildSeconds: built.seconds.fill,
      packSeconds: built.seconds.pack,
      builderMb: built.peakBytes / BYTES_PER_MB,
    };
  },
  async () => server?.close(),
);
