import type { ColumnType } from 'kysely';
import type { RowOf, StoredValue } from '../../shared/entities/define-entity.ts';
import type { ENTITIES } from '../../shared/entities/registry.ts';

type Entity = (typeof ENTITIES)[number];

/** The entities of the registry by name, as code handles their rows. */
export type EntityRows = { [TEntity in Entity as TEntity['name']]: RowOf<TEntity> };
export type TableName = keyof EntityRows;

/** A row as it rests: booleans are 0 and 1, and the scope version at which it last changed is with it. */
type StoredRow<TRow> = {
  [TColumn in keyof TRow]: TRow[TColumn] extends boolean ? number : TRow[TColumn];
} & { row_version: number };

/** Only by `commitChanges` are entity tables written, so their types allow reading alone. */
type ReadOnlyColumns<TRow> = {
  [TColumn in keyof TRow]: ColumnType<TRow[TColumn], never, never>;
};

/** Entities that people sort by name carry the folded name, which lists and prefix searches use. */
interface SortKey {
  sort_key: string;
}

type EntityTables = {
  [TName in TableName]: ReadOnlyColumns<
    StoredRow<EntityRows[TName]> &
      (TName extends 'category' | 'brand' | 'site' | 'product' | 'person' ? SortKey : object)
  >;
};

/** One row per scope. The row's lock, held to commit, is what makes versions visible in order. */
interface SyncScopeTable {
  /** Stands for the name in the change index, which has an entry per row and is thereby a third smaller. */
  scope_id: number;
  scope: string;
  epoch: string;
  version: number;
  /** Tombstones up to here are gone; a cursor below it cannot be served by pages. */
  floor_version: number;
  row_count: number;
  row_sum: number;
}

export const OPERATION_PUT = 0;
export const OPERATION_DELETE = 1;
/** The row lives on in another scope. */
export const OPERATION_LEAVE = 2;

/** The newest change of every row of a scope: one entry per row, however often it changed. */
interface SyncChangeTable {
  scope_id: number;
  /** Place in the registry of entities. */
  entity: number;
  id: string;
  version: number;
  operation: number;
  /** Null unless the row is in the scope. */
  row_hash: number | null;
}

/** A laptop that has sent operations. */
interface SyncDeviceTable {
  device_id: string;
  /** Of its newest operation that has an outcome. */
  last_number: number;
  /** UTC epoch milliseconds. */
  first_seen: number;
  last_seen: number;
  /** That it spoke when it was last seen. */
  protocol: number;
}

/** The outcome of every operation, for laptops that did not hear it and ask again. */
interface SyncMutationTable {
  device_id: string;
  number: number;
  operation_id: string;
  /** Tells another operation under the same id or number; empty for one that was parked. */
  fingerprint: string;
  /** JSON of an `OperationOutcome`. */
  outcome: string;
  /** UTC epoch milliseconds. */
  answered_at: number;
}

interface ServerMetaTable {
  /** Always 1: the table has one row. */
  one: number;
  server_id: string;
  server_name: string;
}

interface MigrationTable {
  name: string;
  applied_at: number;
}

export interface ServerDatabase extends EntityTables {
  sync_scope: SyncScopeTable;
  sync_change: SyncChangeTable;
  sync_device: SyncDeviceTable;
  sync_mutation: SyncMutationTable;
  server_meta: ServerMetaTable;
  migration: MigrationTable;
}

/** For the few places that write or read a table known only at run time. */
export type UntypedDatabase = Record<string, Record<string, StoredValue>>;
