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

/**
 * The server as a sync run sees it. Failures are TallymanErrors: SERVER_UNREACHABLE, SERVER_TIMEOUT, SERVER_BUSY,
 * SERVER_ERROR, NOT_TALLYMAN, SERVER_REPLACED, UPGRADE_REQUIRED, CANCELLED …
 */
export interface SyncServer {
  pull: (input: PullInput, signal: AbortSignal) => Promise<PullOutput>;
  push: (input: PushInput, signal: AbortSignal) => Promise<PushOutput>;
  digests: (input: DigestsInput, signal: AbortSignal) => Promise<DigestsOutput>;
  bucketRows: (input: BucketRowsInput, signal: AbortSignal) => Promise<BucketRowsOutput>;
  /** Bytes of answers received since the server object was made, as they came over the wire. */
  bytesReceived: () => number;
}
