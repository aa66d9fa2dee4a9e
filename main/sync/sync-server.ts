import type {
  BucketRowsInput,
  BucketRowsOutput,
  DigestsInput,
  DigestsOutput,
  PullInput,
  PullOutput,
  PushInput,
  PushOutput,
} from '../../shared/sync/protocol.ts';
import type { SnapshotInput, SnapshotOutput } from '../../shared/sync/snapshot.ts';

/**
 * The server as a sync run sees it. Failures are TallymanErrors: SERVER_UNREACHABLE, SERVER_TIMEOUT, SERVER_BUSY,
 * SERVER_ERROR, NOT_TALLYMAN, SERVER_REPLACED, UPGRADE_REQUIRED, CANCELLED …
 */
export interface SyncServer {
  pull: (input: PullInput, signal: AbortSignal) => Promise<PullOutput>;
  push: (input: PushInput, signal: AbortSignal) => Promise<PushOutput>;
  digests: (input: DigestsInput, signal: AbortSignal) => Promise<DigestsOutput>;
  bucketRows: (input: BucketRowsInput, signal: AbortSignal) => Promise<BucketRowsOutput>;
  snapshot: (input: SnapshotInput, signal: AbortSignal) => Promise<SnapshotOutput>;
  /** The chunks of a snapshot as they come, from a byte on. NOT_FOUND if the server has put a newer one in its place. */
  snapshotBytes: (hash: string, from: number, signal: AbortSignal) => AsyncIterable<Uint8Array>;
  /** Bytes of answers received since the server object was made, as they came over the wire. */
  bytesReceived: () => number;
}
