import { z } from 'zod';
import { sortKeyOf } from '../../../shared/domain/fold-text.ts';
import type { EntityDefinition, StoredRow } from '../../../shared/entities/define-entity.ts';
import { TallymanError } from '../../../shared/errors.ts';

/** A place in a list: what it is sorted by, and the id. */
export interface RecordPlace {
  key: string;
  id: string;
}

/** The replica's column that rows of an entity are listed by; equal ones by id. */
export function orderColumn(entity: EntityDefinition): string {
  if (entity.sortBy !== undefined) return 'sort_key';
  const code = entity.columns.find(({ name }) => name === 'code');
  return code && !code.nullable ? 'code' : 'id';
}

/** Where a row belongs that may not be in a replica. */
export function placeOf(entity: EntityDefinition, row: StoredRow): RecordPlace {
  const { sortBy } = entity;
  const key =
    sortBy === undefined
      ? String(row[orderColumn(entity)] ?? '')
      : sortKeyOf(String(row[sortBy] ?? ''));
  return { key, id: String(row['id']) };
}

/** SQLite's own order of text: by code point, which JavaScript's comparison is not beyond the basic plane. */
export function comparePlaces(a: RecordPlace, b: RecordPlace): number {
  return compareStored(a.key, b.key) || compareStored(a.id, b.id);
}

function compareStored(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const cursorField = z.tuple([z.string(), z.string(), z.uuid()]);

export function encodePlace(entity: EntityDefinition, { key, id }: RecordPlace): string {
  return Buffer.from(JSON.stringify([entity.name, key, id])).toString('base64url');
}

/** Throws BAD_INPUT if the text is no place in a list of this entity. */
export function decodePlace(entity: EntityDefinition, text: string): RecordPlace {
  const parsed = cursorField.safeParse(parsedJson(Buffer.from(text, 'base64url').toString()));
  if (!parsed.success || parsed.data[0] !== entity.name) {
    throw new TallymanError('BAD_INPUT', 'That is no place in this list. List it anew.');
  }
  const [, key, id] = parsed.data;
  return { key, id };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
