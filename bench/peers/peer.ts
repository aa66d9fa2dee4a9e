/** Another way to sync the same rows: each is one file that exports a `Peer` named `peer`. */
export interface Peer {
  version: string;
  /** Rows are in files when a sync has ended. */
  durable: boolean;
  /** Names can be searched for by their words, by an index. */
  hasTextIndex: boolean;
  open: (context: PeerContext) => Promise<PeerClient>;
}

export interface PeerContext {
  /** Empty, for the peer's files. */
  folder: string;
  sourceUrl: string;
}

export interface PeerClient {
  /** What has to happen before a sync but is no part of it. Not timed. */
  prepare?: () => Promise<void>;
  /** Resolves when all that the source has can be read here. */
  sync: () => Promise<void>;
  count: () => Promise<number>;
  nameOf: (id: string) => Promise<string | undefined>;
  /** For a peer that has a server of its own before the source. */
  bytesReceived?: () => Promise<number>;
  close: () => Promise<void>;
}

export interface PeerRun {
  seconds: number;
  /** Of all threads of the process: what other programs take of the machine does not show in it. */
  cpuSeconds: number;
  /** The longest that the event loop of the main thread was kept from its next turn. */
  longestBlockMs: number;
  /** The most memory that the process has held until now. */
  rssMb: number;
  bytesReceived: number;
}

/** Many runs: `seconds` is the median of them. */
export interface PeerRuns extends PeerRun {
  p95Seconds: number;
}

export interface PeerReport {
  name: string;
  version: string;
  durable: boolean;
  hasTextIndex: boolean;
  /** Those that came to their end. */
  runs: {
    firstSync?: PeerRun;
    changed1000?: PeerRun;
    nothingChanged?: PeerRuns;
  };
  /** Why runs are missing; null if none is. */
  ended: string | null;
}
