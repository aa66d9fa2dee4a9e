import { z } from 'zod';
import { readOnly } from '../sync/patterns/read-only.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { codeField, idField, nameField } from './fields.ts';

/** A warehouse. Its locations and stock live in the scope `site:<id>`; the list of sites itself is catalogue. */
export const site = defineEntity({
  name: 'site',
  scope: 'catalogue',
  pattern: readOnly(),
  schema: z.strictObject({ id: idField, code: codeField, name: nameField }),
  indexes: [{ columns: ['code'], unique: true }],
  sortBy: 'name',
});

export type Site = RowOf<typeof site>;
