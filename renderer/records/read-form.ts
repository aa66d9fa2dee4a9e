import type { z } from 'zod';
import type { EntityDefinition, StoredRow } from '../../shared/entities/define-entity.ts';
import { toStored } from '../../shared/entities/stored-row.ts';
import type { RecordField } from './record-fields.ts';

/** What is in the fields, as it is typed. */
export type Typed = Readonly<Record<string, string | boolean>>;
export type FieldProblem = 'required' | 'wholeNumber' | 'invalid';

export interface ReadForm {
  /** In stored form; of use only if there is no problem. */
  row: StoredRow;
  problems: Readonly<Record<string, FieldProblem>>;
}

/** What the fields hold at first: the row's values, else the defaults of the entity. */
export function startForm(
  entity: EntityDefinition,
  fields: readonly RecordField[],
  row: Readonly<Record<string, unknown>>,
): Typed {
  return Object.fromEntries(
    fields.map((field) => {
      const value = row[field.name] ?? defaultOf(entity, field.name);
      return [field.name, field.kind === 'boolean' ? value === true : textOf(field, value)];
    }),
  );
}

function defaultOf(entity: EntityDefinition, name: string): unknown {
  const read = (entity.schema.shape[name] as z.ZodType).safeParse(undefined);
  return read.success ? read.data : null;
}

function textOf(field: RecordField, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return '';
  return field.kind === 'time' ? localTime(value) : String(value);
}

/** Local wall time in the form that a browser's field of date and time takes. */
function localTime(at: number): string {
  const date = new Date(at);
  const shifted = new Date(at - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** Judges each field by the entity's own definition, so that the form refuses what the store would refuse. */
export function readForm(
  entity: EntityDefinition,
  fields: readonly RecordField[],
  typed: Typed,
): ReadForm {
  const row: Record<string, unknown> = {};
  const problems: Record<string, FieldProblem> = {};
  for (const field of fields) {
    const value = valueOf(field, typed[field.name] ?? '');
    const read = (entity.schema.shape[field.name] as z.ZodType).safeParse(value);
    if (read.success) row[field.name] = read.data;
    else problems[field.name] = problemOf(field, value);
  }
  return { row: toStored(row), problems };
}

function valueOf(field: RecordField, typed: string | boolean): unknown {
  if (typeof typed === 'boolean') return typed;
  const text = typed.trim();
  if (text === '' && (field.nullable || field.kind !== 'longText')) return null;
  if (field.kind === 'integer') return Number(text);
  return field.kind === 'time' ? Date.parse(text) : text;
}

function problemOf(field: RecordField, value: unknown): FieldProblem {
  if (value === null) return 'required';
  return field.kind === 'integer' && !Number.isSafeInteger(value) ? 'wholeNumber' : 'invalid';
}

/** Only the fields that differ: what a person did not touch is not theirs to decide about. */
export function changedFields(before: StoredRow, after: StoredRow): StoredRow {
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => before[name] !== value),
  );
}
