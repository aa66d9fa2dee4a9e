import type { Barcode } from '../../shared/entities/barcode.ts';
import type { Product } from '../../shared/entities/product.ts';
import { LEVEL_KEY, type StockLevel } from '../../shared/entities/stock-level.ts';
import { flavourOf } from '../store/engine/flavour-of.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';

/** What the store has of the products that a batch of lines names. Kept up to date while the batch is worked out. */
export interface StoredProducts {
  bySku: Map<string, Product>;
  byId: Map<string, Product>;
  barcodes: Map<string, Barcode>;
  /** By `levelKey`. */
  levels: Map<string, StockLevel>;
}

export interface ProductKeys {
  skus: readonly string[];
  barcodes: readonly string[];
  /** Which goods' stock is looked at as well; null for none. */
  levels: { lots: readonly string[]; serials: readonly string[] } | null;
}

export function levelKey(goods: Pick<StockLevel, (typeof LEVEL_KEY)[number]>): string {
  return JSON.stringify(LEVEL_KEY.map((part) => goods[part]));
}

/** What a line means that tells goods apart by neither. */
export const NO_LOTS = { lots: [''], serials: [''] } as const;

/** A handful of queries per batch, whatever its size. */
export async function findStoredProducts(
  tx: ChangeTransaction,
  { skus, barcodes: codes, levels }: ProductKeys,
): Promise<StoredProducts> {
  const barcodes = await tx.db
    .selectFrom('barcode')
    .select(['id', 'product_id', 'code', 'pack_quantity', 'pack_unit'])
    .where(flavourOf(tx.db).idAmong('code', codes))
    .execute();
  const bySku = await selectProducts(tx, 'sku', skus);
  const known = new Set(bySku.map((product) => product.id));
  const owners = barcodes.map((barcode) => barcode.product_id).filter((id) => !known.has(id));
  const others = await selectProducts(tx, 'id', [...new Set(owners)]);
  const products = [...bySku, ...others];
  return {
    bySku: new Map(products.map((product) => [product.sku, product])),
    byId: new Map(products.map((product) => [product.id, product])),
    barcodes: new Map(barcodes.map((barcode) => [barcode.code, barcode])),
    levels:
      levels === null ? new Map<string, StockLevel>() : await selectLevels(tx, products, levels),
  };
}

async function selectProducts(
  tx: ChangeTransaction,
  column: 'id' | 'sku',
  values: readonly string[],
): Promise<readonly Product[]> {
  if (values.length === 0) return [];
  const rows = await tx.db
    .selectFrom('product')
    .select([
      'id',
      'sku',
      'name',
      'description',
      'category_id',
      'brand_id',
      'unit',
      'price_minor',
      'currency',
      'min_stock',
      'archived',
      'tracking',
      'tracks_expiry',
      'reorder_to',
      'abc',
    ])
    .where(flavourOf(tx.db).idAmong(column, values))
    .execute();
  return rows.map((row) => ({
    ...row,
    archived: row.archived === 1,
    tracks_expiry: row.tracks_expiry === 1,
  }));
}

async function selectLevels(
  tx: ChangeTransaction,
  products: readonly Product[],
  { lots, serials }: { lots: readonly string[]; serials: readonly string[] },
): Promise<Map<string, StockLevel>> {
  const { idAmong } = flavourOf(tx.db);
  const rows = await tx.db
    .selectFrom('stock_level')
    .select([
      'id',
      'site_id',
      'product_id',
      'location_id',
      'quantity',
      'lot',
      'serial',
      'expires_on',
    ])
    // A product may have pieces by the thousand; what no line names is left where it is.
    .where(idAmong('lot', lots))
    .where(idAmong('serial', serials))
    .where(
      idAmong(
        'product_id',
        products.map((product) => product.id),
      ),
    )
    .execute();
  return new Map(rows.map((row) => [levelKey(row), row]));
}
