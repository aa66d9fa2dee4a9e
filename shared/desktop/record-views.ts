import { z } from 'zod';
import type { StoredRow } from '../entities/define-entity.ts';

/** Rows of any entity as a person sees them: replica ⊕ overlay. Rows travel in stored form; `fromStored` makes them typed. */
const RECORD_PAGE_MAX = 500;

const entityNameField = z.string().max(64);
const storedValueField = z.union([z.string().max(100_000), z.int(), z.null()]);
const storedRowField = z.record(z.string().max(64), storedValueField);

export const recordListInput = z.strictObject({
  entity: entityNameField,
  /** Columns that must have these values. At least `site_id` for an entity of a site scope, or a reference. */
  where: storedRowField.default({}),
  /** Rows whose `orderBy` and id come after this one's. Opaque; null starts. */
  cursor: z.string().max(2_000).nullable().default(null),
  limit: z.int().min(1).max(RECORD_PAGE_MAX).default(100),
});
export type RecordListInput = z.output<typeof recordListInput>;

export interface RecordView {
  id: string;
  row: StoredRow;
  /** Changed on this laptop and not yet in what the server sent. */
  pending: boolean;
  /** Waits for a person's decision. */
  conflict: boolean;
}

export interface RecordListResult {
  items: readonly RecordView[];
  nextCursor: string | null;
}

export const recordKeyInput = z.strictObject({ entity: entityNameField, id: z.uuid() });
export type RecordKeyInput = z.output<typeof recordKeyInput>;

/** One change that a person makes. Several in one list are one operation: all or nothing. */
export const recordWriteField = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('create'),
    entity: entityNameField,
    /** Made by the laptop if it is not given. */
    id: z.uuid().optional(),
    row: storedRowField,
  }),
  z.strictObject({
    kind: z.literal('update'),
    entity: entityNameField,
    id: z.uuid(),
    fields: storedRowField,
    /** The fields as the person saw them when the edit began. Without it: as they are now. */
    seen: storedRowField.optional(),
  }),
  z.strictObject({ kind: z.literal('remove'), entity: entityNameField, id: z.uuid() }),
]);
export type RecordWrite = z.output<typeof recordWriteField>;

/** Far above a parent with its lines as people make them. */
const WRITES_MAX = 500;
export const recordWriteInput = z.strictObject({
  writes: z.array(recordWriteField).min(1).max(WRITES_MAX),
});

export interface WriteResult {
  /** Null if nothing differed, and so nothing was recorded. */
  operationId: string | null;
  /** Of the rows written, in order. */
  ids: readonly string[];
}
