import type {
  RecordListInput,
  RecordListResult,
  RecordView,
} from '../../../shared/desktop/record-views.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { AnyEntity } from '../../../shared/entities/registry.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { rebase } from '../../../shared/sync/merge.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../../shared/sync/scope.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import { Overlay } from '../overlay/overlay.ts';
import type { Prepares } from '../sqlite.ts';
import { StatementCache } from '../statement-cache.ts';
import {
  ChangedRows,
  columnsOf,
  NOTHING_CONTAINED,
  type ReplicaSource,
  type SeenRow,
} from './changed-rows.ts';
import { assertFits, isIndexed, knownEntity, matches } from './record-filter.ts';
import {
  comparePlaces,
  decodePlace,
  encodePlace,
  orderColumn,
  placeOf,
  type RecordPlace,
} from './record-order.ts';

/** Without a fitting index a table is read whole, which up to here takes a few milliseconds. */
const SMALL_TABLE_ROWS_MAX = 10_000;

const SCOPE_OF_NEWEST = `SELECT scope FROM operation_change WHERE entity = ? AND row_id = ?
  ORDER BY position DESC, sequence DESC LIMIT 1`;
const IN_CONFLICT = `SELECT DISTINCT row_id FROM conflict
  WHERE entity = ? AND row_id IN (SELECT value FROM json_each(?)) AND resolved IS NULL`;

const START: RecordPlace = { key: '', id: '' };

/**
 * What records are read from. The replicas' connections must be reading ones: one that also writes sees its own half of a
 * delta. Null while there is no catalogue on this laptop.
 */
export interface RecordSources {
  catalogue: Prepares | null;
  sites: readonly { siteId: string; db: Prepares }[];
  work: Prepares;
  /** Nobody writes by any of these connections, so what was read may be kept until a file changes. */
  onlyReads?: boolean | undefined;
}

interface Source extends ReplicaSource {
  /** Null for the catalogue. */
  siteId: string | null;
}

/**
 * Rows of any entity as a person sees them: replica ⊕ overlay. The replica's rows and point are read first and as one,
 * the overlay after; so an operation that is answered and pulled in between is neither missed nor seen twice.
 */
export class RecordReader {
  readonly #catalogue: Source | null;
  readonly #sites: readonly Source[];
  readonly #work: StatementCache;
  readonly #overlay: Overlay;
  readonly #changed: ChangedRows;

  constructor({ catalogue, sites, work, onlyReads = false }: RecordSources) {
    this.#catalogue = catalogue && {
      scope: CATALOGUE_SCOPE,
      siteId: null,
      db: StatementCache.over(catalogue),
    };
    this.#sites = sites.map(({ siteId, db }) => ({
      siteId,
      scope: siteScope(siteId),
      db: StatementCache.over(db),
    }));
    this.#work = StatementCache.over(work);
    this.#overlay = new Overlay(work);
    this.#changed = new ChangedRows(this.#work, { keeps: onlyReads });
  }

  /** Null if there is no such row, or its site is not on this laptop. Quicker if the site is known. */
  get(entityName: string, id: string, siteId?: string): RecordView | null {
    const entity = knownEntity(entityName);
    const where = siteId === undefined ? {} : { site_id: siteId };
    const held = this.#sourcesOf(entity, where).map((source) => ({
      scope: source.scope,
      ...heldRow(source, entity, id),
    }));
    const found = held.find(({ row }) => row !== null) ?? this.#madeHere(entity, id, held);
    if (!found) return null;
    const changes = this.#overlay.changesOf(entity.name, id, found.contained);
    const row = rebase(entity, found.row, changes);
    if (row === null) return null;
    return this.#views(entity, [{ id, row, pending: changes.length > 0 }])[0] ?? null;
  }

  /** Rows of a site's entity by id, without those that are not there. All are looked up at once. */
  several(entityName: string, siteId: string, ids: readonly string[]): Map<string, RecordView> {
    const entity = knownEntity(entityName);
    const rowIds = JSON.stringify(ids);
    const seen = this.#sourcesOf(entity, { site_id: siteId }).flatMap((source) =>
      source.db.atOnce(() => this.#changed.among(source, entity, rowIds)),
    );
    return new Map(this.#views(entity, seen).map((view) => [view.id, view]));
  }

  /** Throws BAD_INPUT for a condition that would read a big table from end to end. */
  list(input: RecordListInput): RecordListResult {
    const entity = knownEntity(input.entity);
    assertFits(entity, input.where);
    const after = input.cursor === null ? START : decodePlace(entity, input.cursor);
    const request: PageRequest = { entity, where: input.where, after, count: input.limit + 1 };
    const rows = this.#sourcesOf(entity, input.where)
      .flatMap((source) => this.#page(source, request))
      .toSorted((a, b) => comparePlaces(placeOf(entity, a.row), placeOf(entity, b.row)));
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      items: this.#views(entity, page),
      nextCursor:
        rows.length > page.length && last ? encodePlace(entity, placeOf(entity, last.row)) : null,
    };
  }

  /** Every row of a site's entity that is changed here and was not removed. */
  changed(entityName: string, siteId: string): RecordView[] {
    const entity = knownEntity(entityName);
    const seen = this.#sourcesOf(entity, { site_id: siteId }).flatMap((source) =>
      source.db.atOnce(() => this.#changed.of(source, entity).rows),
    );
    return this.#views(entity, seen);
  }

  /** Many reads in a row are quicker in here; `work` must write nothing. */
  holding<T>(work: () => T): T {
    return this.#changed.holding(work);
  }

  #sourcesOf(entity: AnyEntity, where: StoredRow): readonly Source[] {
    if (entity.scope === 'catalogue') return this.#catalogue ? [this.#catalogue] : [];
    const siteId = where['site_id'];
    return siteId === undefined
      ? this.#sites
      : this.#sites.filter((source) => source.siteId === siteId);
  }

  /** No replica has the row, so what the overlay says of it is judged by its own scope's replica. */
  #madeHere<T extends { scope: Scope }>(
    entity: AnyEntity,
    id: string,
    held: readonly T[],
  ): T | undefined {
    const scope = this.#work.value<Scope>(SCOPE_OF_NEWEST, entity.name, id);
    return held.find((one) => one.scope === scope);
  }

  /** The next rows of one replica with its overlay; not in order. */
  #page(source: Source, request: PageRequest): SeenRow[] {
    const { entity, where, after } = request;
    return source.db.atOnce(() => {
      const changed = this.#changed.of(source, entity);
      const unchanged = unchangedRows(source, request, changed.ids);
      return [
        ...unchanged.map((row) => ({ id: String(row['id']), row, pending: false })),
        ...changed.rows.filter(
          ({ row }) => matches(row, where) && comparePlaces(placeOf(entity, row), after) > 0,
        ),
      ];
    });
  }

  #views(entity: AnyEntity, seen: readonly SeenRow[]): RecordView[] {
    const ids = JSON.stringify(seen.map(({ id }) => id));
    const inConflict = new Set(this.#work.column<string>(IN_CONFLICT, entity.name, ids));
    return seen.map((one) => ({ ...one, conflict: inConflict.has(one.id) }));
  }
}

interface PageRequest {
  entity: AnyEntity;
  where: StoredRow;
  after: RecordPlace;
  count: number;
}

/** A row and the point that it shows, by one statement. */
function heldRow(
  { db }: Source,
  entity: AnyEntity,
  id: string,
): { row: StoredRow | null; contained: ContainedPoint } {
  const columns = columnsOf(entity).map((name) => `held.${name}`);
  const line = db.first<StoredRow & { contained_device: string | null; contained_number: number }>(
    `SELECT ${columns.join(', ')}, replica.contained_device, replica.contained_number
     FROM replica LEFT JOIN ${entity.name} held ON held.id = ?`,
    id,
  );
  if (!line) return { row: null, contained: NOTHING_CONTAINED };
  const { contained_device: deviceId, contained_number: number, ...row } = line;
  return { row: row['id'] === null ? null : row, contained: { deviceId, number } };
}

/** The next rows of the replica but for those that the overlay changes. */
function unchangedRows({ db, siteId }: Source, request: PageRequest, changed: string): StoredRow[] {
  const { entity, after, count } = request;
  assertReadable(db, entity, request.where);
  // A file holds one site; said all the same, so that an index which begins with it gives the order.
  const where = siteId === null ? request.where : { ...request.where, site_id: siteId };
  const columns = Object.keys(where).toSorted();
  const order = [...new Set([orderColumn(entity), 'id'])];
  const place = order.length === 1 ? [after.id] : [after.key, after.id];
  const conditions = [
    ...columns.map((column) => `${column} IS ?`),
    `(${order.join(', ')}) > (${order.map(() => '?').join(', ')})`,
    'id NOT IN (SELECT value FROM json_each(?))',
  ];
  return db.all<StoredRow>(
    `SELECT ${columnsOf(entity).join(', ')} FROM ${entity.name}
     WHERE ${conditions.join(' AND ')} ORDER BY ${order.join(', ')} LIMIT ?`,
    ...columns.map((column) => where[column]),
    ...place,
    changed,
    count,
  );
}

function assertReadable(db: StatementCache, entity: AnyEntity, where: StoredRow): void {
  if (isIndexed(entity, where)) return;
  const rows =
    db.value<number>(
      `SELECT count(*) FROM (SELECT 1 FROM ${entity.name} LIMIT ?)`,
      SMALL_TABLE_ROWS_MAX + 1,
    ) ?? 0;
  if (rows <= SMALL_TABLE_ROWS_MAX) return;
  throw new TallymanError(
    'BAD_INPUT',
    `There are too many rows of ${entity.name} to list them so. Say their id or a column with an index.`,
  );
}
