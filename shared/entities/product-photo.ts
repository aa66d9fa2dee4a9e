import { z } from 'zod';
import { lastWriteWins } from '../sync/patterns/last-write-wins.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { idField, PHOTO_FIELDS } from './fields.ts';

/** That there is a photo of a product, and which. Its bytes travel by themselves, after all text. */
export const productPhoto = defineEntity({
  name: 'product_photo',
  scope: 'catalogue',
  pattern: lastWriteWins(),
  schema: z.strictObject({ id: idField, product_id: idField, ...PHOTO_FIELDS }),
  references: { product_id: 'product' },
  deleteRules: { product_id: 'cascade' },
  indexes: [{ columns: ['product_id'] }, { columns: ['hash'] }],
});

export type ProductPhoto = RowOf<typeof productPhoto>;
