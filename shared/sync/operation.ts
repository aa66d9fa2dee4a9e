import { z } from 'zod';
import type { StoredRow, StoredValue } from '../entities/define-entity.ts';
import type { ErrorCode } from '../errors.ts';
import type { Scope } from './scope.ts';

/** Rows that one operation may change: a parent with its lines, or a removal with what it cascades to. */
export const CHANGES_PER_OPERATION_MAX = 1_000;
/** Bounds of one push, whichever is reached first. One operation alone may be larger than the bytes, up to its own bound. */
export const PUSH_OPERATIONS_MAX = 200;
export const PUSH_BYTES_MAX = 256 * 1024;
export const OPERATION_BYTES_MAX = 1024 * 1024;
/** Operations that one may wait for. */
export const AFTER_MAX = 100;

const storedValueField: z.ZodType<StoredValue> = z.union([
  z.string().max(100_000),
  z.int(),
  z.null(),
]);
const columnField = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);
const storedRowField: z.ZodType<StoredRow> = z.record(columnField, storedValueField);

const changeShape = {
  entity: z.string().max(64),
  /** Of the entity's definition that the laptop had. */
  version: z.int().min(1),
  id: z.uuid(),
};

/** What one operation does to one row, in stored form. Every field says from what to what, so no version is needed to judge it. */
export const rowChangeField = z.discriminatedUnion('kind', [
  z.strictObject({ ...changeShape, kind: z.literal('create'), row: storedRowField }),
  z.strictObject({
    ...changeShape,
    kind: z.literal('update'),
    /** As the person saw them, and what the person made of them. Same keys in both. */
    from: storedRowField,
    to: storedRowField,
  }),
  z.strictObject({
    ...changeShape,
    kind: z.literal('remove'),
    /** The whole row as the person saw it. */
    from: storedRowField,
  }),
]);
export type RowChange = z.output<typeof rowChangeField>;

/**
 * One action of a person: its changes take effect together or not at all, exactly once. `number` counts 1, 2, 3 … per
 * device in the order of sending; `operationId` is made on the laptop and stays when a copied laptop gets a new device id.
 */
export const operationField = z.strictObject({
  operationId: z.uuid(),
  number: z.int().min(1),
  changes: z.array(rowChangeField).min(1).max(CHANGES_PER_OPERATION_MAX),
  /** Operations whose rows this one builds on; if one of them was refused, so is this. */
  after: z.array(z.uuid()).max(AFTER_MAX),
  /** The laptop's clock, UTC epoch milliseconds. For people; it orders nothing. */
  at: z.int(),
  /**
   * Who did it, if people sign in. Whoever else uses the laptop may deliver it; it is judged by its author's rights, and an
   * author who has never signed in on this laptop is refused.
   */
  by: z.uuid().optional(),
});
export type Operation = z.output<typeof operationField>;

/**
 * Takes the place of an operation that failed again and again: uses up its number so that later ones can pass. If the
 * server did commit the original after all, it answers with that one's outcome.
 */
export const parkedOperationField = z.strictObject({
  operationId: z.uuid(),
  number: z.int().min(1),
  parked: z.literal(true),
});
export type ParkedOperation = z.output<typeof parkedOperationField>;

/** A field that two people changed, and what its policy made of it. */
export interface MergedField {
  entity: string;
  rowId: string;
  field: string;
  mine: StoredValue;
  theirs: StoredValue;
  kept: StoredValue;
}

export type ConflictKind = 'updateUpdate' | 'updateDelete' | 'deleteUpdate' | 'parentDeleted';

/** A row that a person has to decide about. The laptop has base and mine; the server adds theirs. */
export interface RowConflict {
  entity: string;
  rowId: string;
  kind: ConflictKind;
  /** Fields in conflict, for `updateUpdate`; otherwise empty. */
  fields: readonly string[];
  /** The server's row; null if it was deleted, or if its parent was. */
  theirs: StoredRow | null;
}

/** The new version of every scope that changed. */
export type ScopeVersions = Partial<Record<Scope, number>>;

/** Final, stored by the server with the number, and given again to whoever asks again. */
export type OperationOutcome =
  | { kind: 'applied'; versions: ScopeVersions; merged: readonly MergedField[] }
  /** What did not conflict was applied, unless the operation is judged as one. */
  | {
      kind: 'conflict';
      versions: ScopeVersions;
      merged: readonly MergedField[];
      conflicts: readonly RowConflict[];
    }
  | {
      kind: 'rejected';
      code: ErrorCode;
      message: string;
      details: Readonly<Record<string, string | number>>;
    }
  /** An operation that it builds on was refused. */
  | { kind: 'blocked'; by: string }
  | { kind: 'parked' };

export interface PushResult {
  number: number;
  operationId: string;
  outcome: OperationOutcome;
  /** The server had answered this number before. */
  repeated: boolean;
}
