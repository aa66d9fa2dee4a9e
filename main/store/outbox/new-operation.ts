import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { RowChange } from '../../../shared/sync/operation.ts';
import type { Scope } from '../../../shared/sync/scope.ts';

/** One row that an operation changes. */
export interface NewChange {
  change: RowChange;
  /** The whole row as the person saw it; null if it is new. */
  base: StoredRow | null;
  scope: Scope;
}

/** An operation that is about to be recorded. */
export interface NewOperation {
  operationId: string;
  /** UTC epoch milliseconds. */
  at: number;
  changes: readonly NewChange[];
  /** The operation that it takes back. */
  undoes?: string | undefined;
  /** Whose it is. Without it, of whoever works here now. */
  by?: string | null | undefined;
}

/** An operation as the outbox keeps it. */
export interface KeptOperation {
  position: number;
  operationId: string;
  deviceId: string | null;
  number: number | null;
  state: 'waiting' | 'applied' | 'conflict' | 'rejected' | 'blocked' | 'parked' | 'discarded';
  at: number;
  undoes: string | null;
  /** Null where nobody had to sign in. */
  by: string | null;
  changes: readonly NewChange[];
}
