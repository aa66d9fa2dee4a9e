import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { AnyEntity } from '../../../shared/entities/registry.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import { rebase } from '../../../shared/sync/merge.ts';
import type { Scope } from '../../../shared/sync/scope.ts';
import { type ChangedRow, Overlay } from '../overlay/overlay.ts';
import type { StatementCache } from '../statement-cache.ts';

const POINT =
  'SELECT contained_device AS deviceId, contained_number AS number FROM replica LIMIT 1';
const DATA_VERSION = 'PRAGMA data_version';

/** Of a replica that has no rows yet. */
export const NOTHING_CONTAINED: ContainedPoint = { deviceId: null, number: 0 };

/** Entities and sites whose changed rows are kept at once. */
const KEPT_MAX = 16;

export interface ReplicaSource {
  scope: Scope;
  db: StatementCache;
}

/** A row as a person sees it. */
export interface SeenRow {
  id: string;
  row: StoredRow;
  pending: boolean;
}

export interface Changed {
  /** Of all rows that are changed here, those removed included: a JSON array. */
  ids: string;
  rows: readonly SeenRow[];
}

/**
 * Rows that this laptop changed, as they look with their changes. Called within `atOnce`: the replica's point and rows are
 * read as one, and the overlay after.
 */
export class ChangedRows {
  readonly #work: StatementCache;
  readonly #overlay: Overlay;
  #keeps: boolean;
  readonly #kept = new Map<string, { versions: string; changed: Changed }>();

  /** `keeps` only for connections that nobody writes by: then a data version tells of every change. */
  constructor(work: StatementCache, { keeps }: { keeps: boolean }) {
    this.#work = work;
    this.#overlay = new Overlay(work);
    this.#keeps = keeps;
  }

  /** Keeps what is read for as long as `work` lasts, which must write nothing. */
  holding<T>(work: () => T): T {
    if (this.#keeps) return work();
    this.#keeps = true;
    try {
      return work();
    } finally {
      this.#keeps = false;
      this.#kept.clear();
    }
  }

  /** All of an entity in a scope: 1,000 take 10 ms, so they are kept until one of the two files changes. */
  of({ db, scope }: ReplicaSource, entity: AnyEntity): Changed {
    if (!this.#keeps) return this.#read({ db, scope }, entity);
    const key = `${entity.name} ${scope}`;
    const versions = [db, this.#work].map((file) => file.value<number>(DATA_VERSION)).join();
    const kept = this.#kept.get(key);
    if (kept?.versions === versions) return kept.changed;
    const changed = this.#read({ db, scope }, entity);
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size >= KEPT_MAX) this.#kept.delete(oldest);
    this.#kept.set(key, { versions, changed });
    return changed;
  }

  /** Some rows, changed or not, without those that are not there. `rowIds` is a JSON array. */
  among({ db, scope }: ReplicaSource, entity: AnyEntity, rowIds: string): SeenRow[] {
    const contained = pointOf(db);
    const held = heldById(db, entity, rowIds);
    const changed = this.#overlay.changedAmong({ entity: entity.name, scope, rowIds }, contained);
    const isChanged = new Set(changed.map(({ rowId }) => rowId));
    const unchanged = [...held].filter(([id]) => !isChanged.has(id));
    return [
      ...unchanged.map(([id, row]) => ({ id, row, pending: false })),
      ...rebased(entity, held, changed),
    ];
  }

  #read({ db, scope }: ReplicaSource, entity: AnyEntity): Changed {
    const changed = this.#overlay.changedRows(entity.name, scope, pointOf(db));
    const ids = JSON.stringify(changed.map(({ rowId }) => rowId));
    return { ids, rows: rebased(entity, heldById(db, entity, ids), changed) };
  }
}

export const columnsOf = (entity: AnyEntity): string[] => entity.columns.map(({ name }) => name);

function pointOf(db: StatementCache): ContainedPoint {
  return db.first<ContainedPoint>(POINT) ?? NOTHING_CONTAINED;
}

/** `ids` is a JSON array. */
function heldById(db: StatementCache, entity: AnyEntity, ids: string): Map<string, StoredRow> {
  const rows = db.all<StoredRow>(
    `SELECT ${columnsOf(entity).join(', ')} FROM ${entity.name}
     WHERE id IN (SELECT value FROM json_each(?))`,
    ids,
  );
  return new Map(rows.map((row) => [String(row['id']), row]));
}

/** Changed rows as they look with their changes, without those that are removed. */
function rebased(
  entity: AnyEntity,
  held: ReadonlyMap<string, StoredRow>,
  changed: readonly ChangedRow[],
): SeenRow[] {
  return changed.flatMap(({ rowId: id, changes }) => {
    const row = rebase(entity, held.get(id) ?? null, changes);
    return row === null ? [] : [{ id, row, pending: true }];
  });
}
