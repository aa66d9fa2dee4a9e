import { z } from 'zod';
import { detectConflicts } from '../sync/patterns/detect-conflicts.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { codeField, idField, nameField, noteField, quantityField } from './fields.ts';

/** A place in a warehouse. Several people look after the same ones, so what they change is compared field by field. */
export const location = defineEntity({
  name: 'location',
  scope: 'site',
  pattern: detectConflicts(),
  schema: z.strictObject({
    id: idField,
    site_id: idField,
    code: codeField,
    name: nameField.nullable(),
    zone: codeField.nullable(),
    /** How much fits, in whatever unit the site counts its places by. */
    capacity: quantityField.min(0).nullable().default(null),
    /** Nothing may be put there or taken from there for now. */
    blocked: z.boolean().default(false),
    note: noteField.nullable().default(null),
  }),
  references: { site_id: 'site' },
  indexes: [{ columns: ['site_id', 'code'], unique: true }],
});

export type Location = RowOf<typeof location>;
