import { z } from 'zod';
import { readOnly } from '../sync/patterns/read-only.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { codeField, idField, nameField } from './fields.ts';

export const brand = defineEntity({
  name: 'brand',
  scope: 'catalogue',
  pattern: readOnly(),
  schema: z.strictObject({
    id: idField,
    /** The importer's own key, so that a second import finds it again. */
    code: codeField.nullable(),
    name: nameField,
  }),
  sortBy: 'name',
});

export type Brand = RowOf<typeof brand>;
