import type { Kysely } from 'kysely';
import { type Barcode, barcode } from '../../shared/entities/barcode.ts';
import { type Product, product } from '../../shared/entities/product.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { rowFrom } from './row-from.ts';

export type ProductWithBarcodes = Product & { barcodes: Barcode[] };

/** Throws NOT_FOUND. */
export async function productById(
  db: Kysely<ServerDatabase>,
  id: string,
): Promise<ProductWithBarcodes> {
  const stored = await db.selectFrom('product').selectAll().where('id', '=', id).executeTakeFirst();
  if (stored === undefined) {
    throw new TallymanError('NOT_FOUND', 'There is no such product.', { details: { id } });
  }
  return { ...rowFrom<Product>(product, stored), barcodes: await barcodesOf(db, id) };
}

export async function barcodesOf(
  db: Kysely<ServerDatabase>,
  productId: string,
): Promise<Barcode[]> {
  const stored = await db
    .selectFrom('barcode')
    .selectAll()
    .where('product_id', '=', productId)
    .orderBy('id')
    .execute();
  return stored.map((row) => rowFrom<Barcode>(barcode, row));
}
