import { z } from 'zod';
import { lastWriteWins } from '../sync/patterns/last-write-wins.ts';
import { defineEntity } from './define-entity.ts';
import { idField, noteField } from './fields.ts';

/**
 * What people wrote about a product. Its id is the product's own: a product has one note, and two laptops that begin it
 * offline begin the same row.
 */
export const productNote = defineEntity({
  name: 'product_note',
  scope: 'catalogue',
  pattern: lastWriteWins(),
  schema: z.strictObject({ id: idField, text: noteField }),
  references: { id: 'product' },
  deleteRules: { id: 'cascade' },
});
