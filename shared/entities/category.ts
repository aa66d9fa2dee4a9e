import { z } from 'zod';
import { readOnly } from '../sync/patterns/read-only.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { codeField, idField, nameField } from './fields.ts';

/** A tree by `parent_id`; a root has none. */
export const category = defineEntity({
  name: 'category',
  scope: 'catalogue',
  pattern: readOnly(),
  schema: z.strictObject({
    id: idField,
    parent_id: idField.nullable(),
    code: codeField.nullable(),
    name: nameField,
  }),
  references: { parent_id: 'category' },
  indexes: [{ columns: ['parent_id'] }],
  sortBy: 'name',
});

export type Category = RowOf<typeof category>;
