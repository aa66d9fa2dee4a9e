import type { EntityColumn, EntityDefinition, ScopeKind } from '../entities/define-entity.ts';
import { entitiesOf } from '../entities/registry.ts';
import { rowHash } from '../sync/digest.ts';

/** Raised when the layout below changes in a way that entity definitions do not show; old replicas are then fetched anew. */
const LAYOUT_VERSION = 3;

/**
 * The tables of a replica file, derived from the entities of its kind of scope. `local_id` is the small integer that
 * indexes and the search index point to; it means nothing outside the file. Indexes are apart, so that a first sync can
 * make them at the end.
 */
export interface ReplicaSchema {
  tables: readonly string[];
  indexes: readonly string[];
  /** Changes when the tables of this scope kind change. */
  fingerprint: string;
}

export function replicaSchema(kind: ScopeKind): ReplicaSchema {
  const entities = entitiesOf(kind);
  const tables = [META_TABLE, PARKED_TABLE, ...entities.map(tableOf)];
  const indexes = entities.flatMap(indexesOf);
  const layout = JSON.stringify([tables, indexes, entities.map((e) => e.search ?? null)]);
  return { tables, indexes, fingerprint: rowHash(kind, [layout], LAYOUT_VERSION).toString(16) };
}

/** One row: where this replica stands. Written in the transaction of the rows that it covers. */
const META_TABLE = `CREATE TABLE replica (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  scope TEXT NOT NULL,
  server_id TEXT NOT NULL,
  epoch TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  version INTEGER NOT NULL,
  after TEXT,
  start_version INTEGER,
  row_count INTEGER NOT NULL,
  row_sum INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  repairs TEXT NOT NULL DEFAULT '[]',
  contained_device TEXT,
  contained_number INTEGER NOT NULL DEFAULT 0,
  entity_counts TEXT
) STRICT`;

/** Rows of entities that only a newer server knows. `row_values` is a JSON array in the server's order, `id` first. */
const PARKED_TABLE = `CREATE TABLE parked_row (
  local_id INTEGER PRIMARY KEY,
  entity TEXT NOT NULL,
  id TEXT NOT NULL,
  row_values TEXT NOT NULL,
  row_version INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  UNIQUE (entity, id)
) STRICT`;

/** The columns of an entity's table, but for `parked`, which is null in all rows of a server that is not newer. */
export function replicaColumns(entity: EntityDefinition): readonly string[] {
  return [
    ...entity.columns.map((column) => column.name),
    ...(entity.sortBy === undefined ? [] : ['sort_key']),
    'row_version',
    'row_hash',
  ];
}

function tableOf(entity: EntityDefinition): string {
  const columns = entity.columns.map(columnOf);
  if (entity.sortBy !== undefined) columns.push('sort_key TEXT NOT NULL');
  return `CREATE TABLE ${entity.name} (
  local_id INTEGER PRIMARY KEY,
  ${columns.join(',\n  ')},
  row_version INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  parked TEXT
) STRICT`;
}

function columnOf(column: EntityColumn): string {
  const type = column.kind === 'text' ? 'TEXT' : 'INTEGER';
  const unique = column.name === 'id' ? ' UNIQUE' : '';
  return `${column.name} ${type}${column.nullable ? '' : ' NOT NULL'}${defaultOf(column)}${unique}`;
}

/** A file of an earlier app can then be given the column and go on being read. */
function defaultOf({ otherwise }: EntityColumn): string {
  if (otherwise === null) return '';
  const literal =
    typeof otherwise === 'string' ? `'${otherwise.replaceAll("'", "''")}'` : otherwise;
  return ` DEFAULT ${literal}`;
}

/**
 * Never unique, though the server's are: pages of a first sync are not a point in time, so a code that moved from one
 * row to another may be on both for a moment.
 */
function indexesOf(entity: EntityDefinition): readonly string[] {
  const own = entity.indexes.map(
    (index) =>
      `CREATE INDEX IF NOT EXISTS ${entity.name}_by_${index.columns.join('_and_')} ON ${entity.name} (${index.columns.join(', ')})`,
  );
  if (entity.sortBy !== undefined) {
    own.push(
      `CREATE INDEX IF NOT EXISTS ${entity.name}_by_sort_key ON ${entity.name} (sort_key, local_id)`,
    );
  }
  return own;
}
