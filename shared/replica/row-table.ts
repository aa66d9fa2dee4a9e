import type { StoredValue } from '../entities/define-entity.ts';
import type { WireRow } from '../sync/row-check.ts';

export interface PutResult {
  localId: number;
  hash: number;
  /** Of the row that was replaced; null if the row is new. */
  replacedHash: number | null;
}

/** A row as the server sent it, for comparing what is really held. */
export interface HeldContent {
  localId: number;
  /** In the server's order, `id` first. */
  values: readonly StoredValue[];
  version: number;
  /** The hash kept beside it. */
  kept: number;
}

/** The rows of one entity in a replica, whether this app knows the entity or not. Callers own the transaction. */
export interface RowTable {
  /** Returns null if the row held is as new. `force` replaces it even so, for repairs. */
  put: (row: WireRow, force: boolean) => PutResult | null;
  remove: (id: string) => { localId: number; hash: number } | null;
  /** In the order of local ids. */
  contentAfter: (localId: number, limit: number) => HeldContent[];
  setHash: (localId: number, hash: number) => void;
}
