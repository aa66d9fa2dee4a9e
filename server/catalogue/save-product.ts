import { z } from 'zod';
import { barcode } from '../../shared/entities/barcode.ts';
import { product } from '../../shared/entities/product.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { idInput } from './id-input.ts';
import { barcodesOf, productById } from './product-by-id.ts';
import { type SaveOutcome, saveRow } from './save-row.ts';

const BARCODES_PER_PRODUCT_MAX = 100;

export const productInput = product.schema
  .extend({
    id: idInput,
    category_id: idInput.nullable(),
    brand_id: idInput.nullable(),
    /** All barcodes of the product: others that it has go. Without the list its barcodes stay as they are. */
    barcodes: z
      .array(barcode.schema.omit({ product_id: true }).extend({ id: idInput }))
      .max(BARCODES_PER_PRODUCT_MAX)
      .optional(),
  })
  .refine((input) => (input.price_minor === null) === (input.currency === null), {
    message: 'A price needs a currency, and a currency a price.',
  });
type ProductInput = z.output<typeof productInput>;

export async function saveProduct(
  tx: ChangeTransaction,
  { barcodes, ...row }: ProductInput,
): Promise<SaveOutcome> {
  const outcome = await saveRow(tx, 'product', row);
  if (barcodes === undefined) return outcome;
  const wanted = barcodes.map((one) => ({ ...one, product_id: row.id }));
  const known = await barcodesOf(tx.db, row.id);
  const wantedIds = new Set(wanted.map(({ id }) => id));
  // First, so that a code may go from a row that is removed to one that is added.
  const removed = await tx.remove(
    'barcode',
    known.map(({ id }) => id).filter((id) => !wantedIds.has(id)),
  );
  let changed = removed > 0;
  for (const one of wanted)
    changed = (await saveRow(tx, 'barcode', one)) !== 'unchanged' || changed;
  return outcome === 'unchanged' && changed ? 'updated' : outcome;
}

export async function archiveProduct(
  tx: ChangeTransaction,
  { id, archived }: { id: string; archived: boolean },
): Promise<SaveOutcome> {
  const { barcodes: _, ...row } = await productById(tx.db, id);
  return saveRow(tx, 'product', { ...row, archived });
}
