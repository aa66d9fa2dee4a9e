import { z } from 'zod';

/** More than this, and those that were not touched for longest go. */
export const DRAFTS_MAX = 200;
/** Of a draft's JSON, in UTF-16 units. A form is text that a person typed. */
export const DRAFT_LENGTH_MAX = 64 * 1024;

/** Which form, and of what: `product-note:0190…`. */
export const draftKeyField = z
  .string()
  .max(200)
  .regex(/^[a-z][a-z-]*(:[\w-]+)*$/);

/** What a person has typed into a form and not saved yet. Survives a restart, is never sent. */
export const draftPutInput = z.strictObject({ key: draftKeyField, value: z.json() });
export type DraftPutInput = z.output<typeof draftPutInput>;

export interface Draft {
  value: DraftPutInput['value'];
  /** UTC epoch milliseconds. */
  updatedAt: number;
}
