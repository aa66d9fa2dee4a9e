import type { EntityDefinition, StoredRow, StoredValue } from './define-entity.ts';

/** A row, or some of its fields, as stores and the wire keep it: booleans are 0 and 1. */
export function toStored(row: Readonly<Record<string, unknown>>): StoredRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? Number(value) : (value as StoredValue),
    ]),
  );
}

/** The same as code handles it. Columns that the entity does not have are left out. */
export function fromStored(entity: EntityDefinition, stored: StoredRow): Record<string, unknown> {
  const values: [string, unknown][] = [];
  for (const { name, kind } of entity.columns) {
    const value = stored[name];
    if (value === undefined) continue;
    values.push([name, kind === 'boolean' && value !== null ? value === 1 : value]);
  }
  return Object.fromEntries(values);
}
