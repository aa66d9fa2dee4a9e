import { z } from 'zod';
import type { SyncPattern } from '../sync/patterns/sync-pattern.ts';

/** How a value is kept in SQLite, PostgreSQL and on the wire: booleans travel and rest as 0 and 1. */
export type StoredValue = string | number | null;
export type ColumnKind = 'text' | 'integer' | 'boolean';
/** A row or some of its fields in stored form, by column. */
export type StoredRow = Readonly<Record<string, StoredValue>>;

/**
 * When a row is removed that others point to: `protect` refuses the removal, `cascade` removes those rows with it (children
 * first), `ignore` leaves them pointing at nothing.
 */
export type DeleteRule = 'protect' | 'cascade' | 'ignore';

export interface EntityColumn {
  name: string;
  kind: ColumnKind;
  nullable: boolean;
  /** What rows have that were made before the column came; null if there is nothing to say. */
  otherwise: StoredValue;
}

export interface EntityIndex {
  columns: readonly string[];
  unique?: boolean | undefined;
}

/** Which scope a row belongs to. A `site` row belongs to `site:<value of its site_id>`. */
export type ScopeKind = 'catalogue' | 'site';

export interface SearchDefinition {
  /** Own columns that full-text search covers, most important first. */
  columns: readonly string[];
  /** Names borrowed from the rows that a column points to, for example a product's brand. */
  borrowed: readonly { through: string; entity: string; column: string }[];
}

export interface EntityOptions<TSchema extends z.ZodObject> {
  name: string;
  scope: ScopeKind;
  pattern: SyncPattern;
  /** Must have `id`; every other key is a column, in this order. */
  schema: TSchema;
  /** column → entity it points to. Not enforced by SQLite across pages and files; judged by the server on write. */
  references?: Readonly<Record<string, string>> | undefined;
  /** column → what becomes of this row when the row it points to is removed. Without an entry: `protect`. */
  deleteRules?: Readonly<Record<string, DeleteRule>> | undefined;
  /** Raised when the meaning of the columns changes, with a step in `upgrades`. 1 if it is not given. */
  version?: number | undefined;
  /** version → how a change of a row made at that version becomes one of the next. Operations that waited are thereby re-encoded. */
  upgrades?: Readonly<Record<number, (values: StoredRow) => StoredRow>> | undefined;
  indexes?: readonly EntityIndex[] | undefined;
  /** The column that people sort by; the replica keeps a folded `sort_key` of it. */
  sortBy?: string | undefined;
  search?: SearchDefinition | undefined;
}

export interface EntityDefinition<
  TSchema extends z.ZodObject = z.ZodObject,
> extends EntityOptions<TSchema> {
  /** Wire and storage order: `id` first, then the schema's own order. */
  columns: readonly EntityColumn[];
  references: Readonly<Record<string, string>>;
  deleteRules: Readonly<Record<string, DeleteRule>>;
  version: number;
  upgrades: Readonly<Record<number, (values: StoredRow) => StoredRow>>;
  indexes: readonly EntityIndex[];
}

/** More columns than this and a row is no longer light enough to travel often (a rule of our model, see docs). */
const COLUMNS_MAX = 50;

/**
 * Defines an entity once, for both sides: tables, wire rows, digests and search are derived from it.
 * Throws at load time if the schema has something that cannot be stored.
 */
export function defineEntity<const TName extends string, TSchema extends z.ZodObject>(
  options: EntityOptions<TSchema> & { name: TName },
): EntityDefinition<TSchema> & { name: TName } {
  const columns = Object.entries(options.schema.shape).map(([name, type]) =>
    columnOf(options.name, name, type as z.ZodType),
  );
  if (columns[0]?.name !== 'id') throw new Error(`${options.name}: the first column must be id`);
  if (columns.length > COLUMNS_MAX) throw new Error(`${options.name}: too many columns`);
  if (options.scope === 'site' && !columns.some((column) => column.name === 'site_id')) {
    throw new Error(`${options.name}: an entity of a site scope needs site_id`);
  }
  const { references = {}, deleteRules = {}, version = 1, upgrades = {}, indexes = [] } = options;
  assertKnown(options.name, columns, [
    ...Object.keys(references),
    ...Object.keys(options.pattern.fields),
    ...indexes.flatMap((index) => index.columns),
  ]);
  for (const column of Object.keys(deleteRules)) {
    if (!(column in references)) throw new Error(`${options.name}.${column} points to nothing`);
  }
  for (let from = 1; from < version; from++) {
    if (!(from in upgrades)) throw new Error(`${options.name}: no upgrade from version ${from}`);
  }
  return { ...options, columns, references, deleteRules, version, upgrades, indexes };
}

function assertKnown(
  entity: string,
  columns: readonly EntityColumn[],
  named: readonly string[],
): void {
  for (const name of named) {
    if (!columns.some((column) => column.name === name)) {
      throw new Error(`${entity}: there is no column ${name}`);
    }
  }
}

function columnOf(entity: string, name: string, type: z.ZodType): EntityColumn {
  let inner: z.ZodType = type;
  let nullable = false;
  let otherwise: StoredValue = null;
  while (inner.def.type === 'nullable' || inner.def.type === 'default') {
    nullable ||= inner.def.type === 'nullable';
    if (inner instanceof z.ZodDefault) otherwise = storedDefault(inner.def.defaultValue);
    inner = (inner.def as unknown as { innerType: z.ZodType }).innerType;
  }
  switch (inner.def.type) {
    case 'string':
    case 'enum':
      return { name, kind: 'text', nullable, otherwise };
    case 'number':
    case 'int':
      return { name, kind: 'integer', nullable, otherwise };
    case 'boolean':
      return { name, kind: 'boolean', nullable, otherwise };
    default:
      throw new Error(`${entity}.${name}: cannot store a ${inner.def.type}`);
  }
}

function storedDefault(value: unknown): StoredValue {
  return typeof value === 'boolean' ? Number(value) : (value as StoredValue);
}

/** A row as an object, typed by its entity's schema. */
export type RowOf<TEntity extends EntityDefinition> = z.output<TEntity['schema']>;
