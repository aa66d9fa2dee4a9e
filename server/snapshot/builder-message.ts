import type { ErrorCode } from '../../shared/errors.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import type { BuiltSnapshot } from './build-snapshot.ts';

/** Has the address of the database, if there is one: an argument of a process, everybody on the machine can read. */
export const BUILDER_DATABASE = 'TALLYMAN_BUILDER_DATABASE';

/** What the builder's process is to do, as its one argument in JSON. */
export interface BuilderTask {
  dataDir: string;
  schema?: string | undefined;
  /** `s3://…` of this store alone. Its keys are in the environment. */
  snapshotStore?: string | undefined;
  scope: Scope;
  /** Nobody waits for it, so everything else goes first. */
  isBackground?: boolean | undefined;
  /** Not if another process has built the same since it was decided. */
  unlessThere?: boolean | undefined;
}

/** What it says, once. */
export type BuilderMessage =
  | { kind: 'built'; snapshot: BuiltSnapshot; peakBytes: number }
  | { kind: 'busy' }
  | { kind: 'failed'; code: ErrorCode; message: string };
