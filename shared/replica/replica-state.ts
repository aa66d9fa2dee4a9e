import { type Digest, EMPTY_DIGEST } from '../sync/digest.ts';
import type { PageToken } from '../sync/protocol.ts';
import type { Scope } from '../sync/scope.ts';
import type { SqlDatabase } from './sql-database.ts';

export interface ReplicaIdentity {
  scope: Scope;
  serverId: string;
  epoch: string;
  /** Of the entity definitions that the file was made for. */
  fingerprint: string;
}

/**
 * Which of this laptop's own operations a replica shows: all of the device up to the number. Kept in the replica, in the
 * transaction of the rows.
 */
export interface ContainedPoint {
  /** Null until a pull has told. */
  deviceId: string | null;
  number: number;
}

/** Where a replica stands. Kept in the file, in the transaction of the rows that it covers. */
export interface ReplicaState extends ReplicaIdentity {
  /** Everything up to here is held. */
  version: number;
  /** Between the pages of a first sync: where to go on. */
  after: PageToken | null;
  startVersion: number | null;
  digest: Digest;
  /** Rows by entity. Kept, because counting a million takes tens of milliseconds. */
  counts: Readonly<Record<string, number>>;
  /** False until the first sync is whole. */
  complete: boolean;
  /** When this replica was repaired, newest last; bounded by the repair's own guard. */
  repairs: readonly number[];
  /** Which of this laptop's own operations the rows show. */
  contained: ContainedPoint;
}

export function newState(identity: ReplicaIdentity): ReplicaState {
  return {
    ...identity,
    version: 0,
    after: null,
    startVersion: null,
    digest: EMPTY_DIGEST,
    counts: {},
    complete: false,
    repairs: [],
    contained: { deviceId: null, number: 0 },
  };
}

export function writeState(db: SqlDatabase, state: ReplicaState): void {
  db.prepare(
    `INSERT INTO replica (one, scope, server_id, epoch, fingerprint, version, after, start_version, row_count, row_sum, complete,
       repairs, contained_device, contained_number, entity_counts)
     VALUES (1, @scope, @serverId, @epoch, @fingerprint, @version, @after, @startVersion, @count, @sum, @complete,
       @repairs, @containedDevice, @containedNumber, @counts)
     ON CONFLICT (one) DO UPDATE SET version = excluded.version, after = excluded.after,
       start_version = excluded.start_version, row_count = excluded.row_count, row_sum = excluded.row_sum,
       complete = excluded.complete, repairs = excluded.repairs, contained_device = excluded.contained_device,
       contained_number = excluded.contained_number, entity_counts = excluded.entity_counts`,
  ).run({
    scope: state.scope,
    serverId: state.serverId,
    epoch: state.epoch,
    fingerprint: state.fingerprint,
    version: state.version,
    after: state.after === null ? null : JSON.stringify(state.after),
    startVersion: state.startVersion,
    count: state.digest.count,
    sum: state.digest.sum,
    complete: state.complete ? 1 : 0,
    repairs: JSON.stringify(state.repairs),
    containedDevice: state.contained.deviceId,
    containedNumber: state.contained.number,
    counts: JSON.stringify(state.counts),
  });
}

interface StateRow {
  scope: Scope;
  server_id: string;
  epoch: string;
  fingerprint: string;
  version: number;
  after: string | null;
  start_version: number | null;
  row_count: number;
  row_sum: number;
  complete: number;
  repairs: string;
  contained_device: string | null;
  contained_number: number;
  entity_counts: string | null;
}

export function readState(db: Pick<SqlDatabase, 'prepare'>): ReplicaState | null {
  const row = db
    .prepare(
      `SELECT scope, server_id, epoch, fingerprint, version, after, start_version, row_count, row_sum, complete,
         repairs, contained_device, contained_number, entity_counts FROM replica`,
    )
    .get() as StateRow | undefined;
  if (!row) return null;
  return {
    scope: row.scope,
    serverId: row.server_id,
    epoch: row.epoch,
    fingerprint: row.fingerprint,
    version: row.version,
    after: row.after === null ? null : (JSON.parse(row.after) as PageToken),
    startVersion: row.start_version,
    digest: { count: row.row_count, sum: row.row_sum },
    counts: JSON.parse(row.entity_counts ?? '{}') as Record<string, number>,
    complete: row.complete === 1,
    repairs: JSON.parse(row.repairs) as number[],
    contained: { deviceId: row.contained_device, number: row.contained_number },
  };
}
