import type { ColumnType, Generated } from 'kysely';
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

/** What somebody signs in with. Times are UTC epoch milliseconds, here and below. */
interface AccountTable {
  person_id: string;
  /** The name as it is typed, folded. */
  login: string;
  password_hash: string;
  password_changed_at: number;
  /** Wrong passwords since the last right one. */
  failures: number;
  /** No password is looked at before this. */
  refused_until: number | null;
  created_at: number;
  disabled_at: number | null;
}

/** Administrators have all sites and need no rows. */
interface MembershipTable {
  person_id: string;
  site_id: string;
  role: string;
}

/** One sign-in of one person on one laptop: the family of its refresh tokens, of which only hashes are kept. */
interface SessionTable {
  session_id: string;
  person_id: string;
  device_id: string;
  token_hash: string;
  /** Of the token before, for a laptop that did not hear the answer. */
  previous_hash: string | null;
  rotated_at: number;
  /** When the current token's access token was first seen; from then on the token before is void. */
  used_at: number | null;
  created_at: number;
  /** Unless it is refreshed. */
  expires_at: number;
  /** Whatever happens. */
  ends_at: number;
  ended_at: number | null;
  end_reason: string | null;
}

interface SigningKeyTable {
  kid: string;
  private_jwk: string;
  created_at: number;
  /** Signs nothing from then on; what it signed stays valid until it expires. */
  retired_at: number | null;
}

/** A laptop on which somebody has signed in. */
interface DeviceTable {
  device_id: string;
  name: string;
  platform: string;
  app_version: string;
  enrolled_at: number;
  enrolled_by: string;
  last_seen: number;
  last_person_id: string | null;
  revoked_at: number | null;
  revoked_by: string | null;
  /** When a revoked laptop said that it holds nothing any more. */
  cleared_at: number | null;
  /** JSON of a `DeviceHealth`. */
  health: string | null;
  health_at: number | null;
}

/** Who has ever signed in where: their work may be delivered from there. */
interface DevicePersonTable {
  device_id: string;
  person_id: string;
  first_at: number;
}

/** Append only: the database itself refuses to change a line, and to remove one that `audit_removal` does not name. */
interface AuditTable {
  /** UUIDv7, so in the order of time. */
  id: string;
  at: number;
  action: string;
  person_id: string | null;
  device_id: string | null;
  /** Whose session brought it, if that was somebody else. */
  delivered_by: string | null;
  request_id: string | null;
  site_id: string | null;
  subject: string | null;
  outcome: string;
  /** JSON, without secrets. */
  details: string | null;
}

/** Lines of the audit that are older may be removed while there is a row, which no commit leaves behind. */
interface AuditRemovalTable {
  before_at: number;
}

/** Work of a laptop that was revoked before it could be sent: kept for an administrator, never applied by itself. */
interface QuarantineTable {
  id: string;
  device_id: string;
  person_id: string | null;
  received_at: number;
  operation_id: string;
  /** JSON of the operation as the laptop had it. */
  operation: string;
}

/** Which version a scope had when: by it a clean-up knows the versions that are older than the retention. */
interface ScopeMarkTable {
  scope_id: number;
  /** UTC epoch milliseconds. */
  marked_at: number;
  version: number;
}

interface ServerMetaTable {
  /** Always 1: the table has one row. */
  one: number;
  server_id: string;
  server_name: string;
  /** How often accounts, sessions or laptops were changed so that somebody may do something else than before. */
  rights_changes: Generated<number>;
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
  account: AccountTable;
  membership: MembershipTable;
  session: SessionTable;
  signing_key: SigningKeyTable;
  device: DeviceTable;
  device_person: DevicePersonTable;
  audit: AuditTable;
  audit_removal: AuditRemovalTable;
  quarantine: QuarantineTable;
  scope_mark: ScopeMarkTable;
  server_meta: ServerMetaTable;
  migration: MigrationTable;
}

/** For the few places that write or read a table known only at run time. */
export type UntypedDatabase = Record<string, Record<string, StoredValue>>;
