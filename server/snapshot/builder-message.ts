import type { ErrorCode } from '../../shared/errors.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import type { BuiltSnapshot } from './build-snapshot.ts';

/** What the builder's process is to do, as its one argument in JSON. */
export interface BuilderTask {
  dataDir: string;
  scope: Scope;
  /** Nobody waits for it, so everything else goes first. */
  isBackground?: boolean | undefined;
}

/** What it says, once. */
export type BuilderMessage =
  | { kind: 'built'; snapshot: BuiltSnapshot; peakBytes: number }
  | { kind: 'busy' }
  | { kind: 'failed'; code: ErrorCode; message: string };
