import type { z } from 'zod';
import { location as locations } from '../../shared/entities/location.ts';
import { assertMaySave } from '../auth/assert-may-save.ts';
import { type Author, seesRow } from '../auth/author.ts';
import { stockLevel } from '../../shared/entities/stock-level.ts';
import { TallymanError } from '../../shared/errors.ts';
import { idInput } from '../catalogue/id-input.ts';
import { type SaveOutcome, saveRow } from '../catalogue/save-row.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';

/** `id` is used if the product has no level at the location yet. The site is that of the location. */
export const setLevelInput = stockLevel.schema
  .omit({ site_id: true })
  .extend({ id: idInput, product_id: idInput, location_id: idInput });

export async function setLevel(
  tx: ChangeTransaction,
  input: z.output<typeof setLevelInput>,
  author: Author | null,
): Promise<SaveOutcome> {
  const location = await tx.db
    .selectFrom('location')
    .select(['id', 'site_id'])
    .where('id', '=', input.location_id)
    .executeTakeFirst();
  if (location === undefined || !seesRow(author, locations, location)) {
    throw new TallymanError('NOT_FOUND', 'There is no such location.', {
      details: { id: input.location_id },
    });
  }
  const known = await tx.db
    .selectFrom('stock_level')
    .select('id')
    .where('product_id', '=', input.product_id)
    .where('location_id', '=', input.location_id)
    .where('lot', '=', input.lot)
    .where('serial', '=', input.serial)
    .executeTakeFirst();
  const row = { ...input, id: known?.id ?? input.id, site_id: location.site_id };
  await assertMaySave(tx, author, { entity: 'stock_level', row });
  return saveRow(tx, 'stock_level', row);
}
