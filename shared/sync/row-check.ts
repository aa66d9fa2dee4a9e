import type { EntityDefinition, StoredValue } from '../entities/define-entity.ts';
import { TallymanError } from '../errors.ts';

/** The column header of an entity's rows on the wire. */
export function wireColumns(entity: EntityDefinition): readonly string[] {
  return [...entity.columns.map((column) => column.name), 'row_version'];
}

/**
 * Checks rows from the network before they are stored: the columns are ours, in our order, and each value is of its
 * column's kind. A plain loop over `typeof`, because it runs for every row of a first sync; the meaning of values was
 * checked with Zod by the server when they were written.
 */
export function assertPageColumns(entity: EntityDefinition, columns: readonly string[]): void {
  const expected = wireColumns(entity);
  if (columns.length !== expected.length || columns.some((name, at) => name !== expected[at])) {
    throw new TallymanError(
      'UPGRADE_REQUIRED',
      `The server's ${entity.name} has other columns than this app's. Update whichever of the two is older.`,
      { details: { entity: entity.name } },
    );
  }
}

/** `row` is the entity's columns in order, then the row version. Throws SERVER_ERROR. */
export function assertStoredRow(entity: EntityDefinition, row: readonly unknown[]): void {
  const { columns } = entity;
  let good = row.length === columns.length + 1 && Number.isSafeInteger(row[columns.length]);
  for (const [at, column] of columns.entries()) {
    if (!good) break;
    const value = row[at];
    if (value === null) good = column.nullable;
    else if (column.kind === 'text') good = typeof value === 'string';
    else good = Number.isSafeInteger(value);
  }
  if (!good) {
    throw new TallymanError('SERVER_ERROR', `The server sent a ${entity.name} that is not whole.`, {
      details: { entity: entity.name },
    });
  }
}

export type WireRow = readonly StoredValue[];
