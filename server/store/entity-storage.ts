import type { ScopeKind, StoredValue } from '../../shared/entities/define-entity.ts';
import { type AnyEntity, ENTITIES } from '../../shared/entities/registry.ts';
import { must } from '../../shared/domain/assert.ts';
import type { BulkTarget } from './bulk-writer.ts';
import { sortKeyOf } from '../../shared/domain/fold-text.ts';

/** What writing and reading an entity's table needs to know, worked out once. */
export interface EntityStorage {
  definition: AnyEntity;
  /** Place in the registry: the number that stands for the entity in the change index and in page tokens. */
  place: number;
  /** The entity's own columns in order: what travels and what is hashed. */
  columns: readonly string[];
  /** Place of `site_id` in `columns`; null for an entity of the catalogue. */
  siteColumn: number | null;
  insert: BulkTarget;
  upsert: BulkTarget;
  /** Values in the order of `columns`. */
  toStored: (row: Readonly<Record<string, unknown>>) => StoredValue[];
  /** A whole row of the table from the values of `columns`. */
  toTableRow: (values: readonly StoredValue[], version: number) => StoredValue[];
}

function storageOf(definition: AnyEntity, place: number): EntityStorage {
  const columns = definition.columns.map((column) => column.name);
  const sortColumn = definition.sortBy === undefined ? null : columns.indexOf(definition.sortBy);
  const target = {
    table: definition.name,
    columns: [...columns, ...(sortColumn === null ? [] : ['sort_key']), 'row_version'],
  };
  return {
    definition,
    place,
    columns,
    siteColumn: definition.scope === 'site' ? columns.indexOf('site_id') : null,
    insert: { ...target, conflictColumns: null },
    upsert: { ...target, conflictColumns: ['id'] },
    toStored: (row) => columns.map((column) => storedValue(row[column])),
    toTableRow: (values, version) =>
      sortColumn === null
        ? [...values, version]
        : [...values, sortKeyOf(String(values[sortColumn])), version],
  };
}

function storedValue(value: unknown): StoredValue {
  return typeof value === 'boolean' ? Number(value) : (value as StoredValue);
}

const STORAGES: readonly EntityStorage[] = ENTITIES.map((entity, place) =>
  storageOf(entity as unknown as AnyEntity, place),
);
const BY_NAME = new Map<string, EntityStorage>(
  STORAGES.map((storage) => [storage.definition.name, storage]),
);

export function storageNamed(name: string): EntityStorage {
  return must(BY_NAME.get(name), `entity ${name}`);
}

export function storageAt(place: number): EntityStorage {
  return must(STORAGES[place], `entity ${place}`);
}

export function storagesOf(scope: ScopeKind): readonly EntityStorage[] {
  return STORAGES.filter((storage) => storage.definition.scope === scope);
}
