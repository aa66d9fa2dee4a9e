import { z } from 'zod';
import { readOnly } from '../sync/patterns/read-only.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { codeField, idField, nameField } from './fields.ts';

export const location = defineEntity({
  name: 'location',
  scope: 'site',
  pattern: readOnly(),
  schema: z.strictObject({
    id: idField,
    site_id: idField,
    code: codeField,
    name: nameField.nullable(),
    zone: codeField.nullable(),
  }),
  references: { site_id: 'site' },
  indexes: [{ columns: ['site_id', 'code'], unique: true }],
});

export type Location = RowOf<typeof location>;
