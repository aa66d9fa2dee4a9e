import type { EntityDefinition, StoredValue } from '../entities/define-entity.ts';
import { ENTITIES } from '../entities/registry.ts';
import { TallymanError } from '../errors.ts';

/** The column header of an entity's rows on the wire. */
export function wireColumns(entity: EntityDefinition): readonly string[] {
  return [...entity.columns.map((column) => column.name), 'row_version'];
}

/**
 * Checks the header of rows from the network. The columns that the app knows must be there, in its order; a newer server
 * may send more after them. Of an entity that only the server knows, it is enough that its rows can be told apart.
 * Throws UPGRADE_REQUIRED, with the side to update.
 */
export function assertPageColumns(name: string, columns: readonly string[]): void {
  const entity = ENTITIES.find((one) => one.name === name);
  const expected = entity ? entity.columns.map((column) => column.name) : ['id'];
  const isOurs = expected.every((column, at) => columns[at] === column);
  if (isOurs && columns.length > expected.length && columns.at(-1) === 'row_version') return;
  const missing = expected.find((column) => !columns.includes(column));
  const extra = columns.find((column) => column !== 'row_version' && !expected.includes(column));
  if (missing !== undefined && extra === undefined) {
    throw new TallymanError(
      'UPGRADE_REQUIRED',
      `The server is older than this app: its ${name} has no ${missing}. Ask for an update of the server.`,
      { details: { entity: name, column: missing, update: 'server' } },
    );
  }
  throw new TallymanError(
    'UPGRADE_REQUIRED',
    `The server's ${name} has changed in a way that this app does not understand. Update this app.`,
    { details: { entity: name, update: 'app' } },
  );
}

/**
 * Each value of a row is of its column's kind; what follows the columns that the app knows only has to be storable. A
 * plain loop over `typeof`, because it runs for every row of a first sync; the meaning of values was checked with Zod by
 * the server when they were written. `row` is the columns in order, then the row version. Throws SERVER_ERROR.
 */
export function assertStoredRow(entity: EntityDefinition, row: readonly unknown[]): void {
  const { columns } = entity;
  let good = row.length > columns.length && Number.isSafeInteger(row[row.length - 1]);
  for (const [at, column] of columns.entries()) {
    if (!good) break;
    const value = row[at];
    if (value === null) good = column.nullable;
    else if (column.kind === 'text') good = typeof value === 'string';
    else good = Number.isSafeInteger(value);
  }
  if (row.length > columns.length + 1) good &&= row.slice(columns.length).every(isStorable);
  if (!good) throw notWhole(entity.name);
}

/** A row of an entity that only the server knows. Throws SERVER_ERROR. */
export function assertParkedRow(entity: string, row: readonly unknown[]): void {
  const isKeyed = typeof row[0] === 'string' && Number.isSafeInteger(row[row.length - 1]);
  if (!isKeyed || !row.every(isStorable)) throw notWhole(entity);
}

function isStorable(value: unknown): boolean {
  return value === null || typeof value === 'string' || Number.isSafeInteger(value);
}

function notWhole(entity: string): TallymanError {
  return new TallymanError('SERVER_ERROR', `The server sent a ${entity} that is not whole.`, {
    details: { entity },
  });
}

export type WireRow = readonly StoredValue[];
