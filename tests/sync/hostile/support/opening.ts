import { openStore } from '../../../../server/store/open-store.ts';
import type { StoreLocation } from '../../../../server/store/engine/open-engine.ts';
import type { ChangeTransaction } from '../../../../server/sync/change-transaction.ts';
import { commitChanges } from '../../../../server/sync/scope-commit.ts';
import {
  barcodeRow,
  idOf,
  levelRow,
  locationRow,
  productRow,
  siteRow,
} from '../../../support/server-rows.ts';

/** What the server has at first: products 10 … 12 with barcodes, at one site with three locations, 100 of each in the first. */
export const SITE = siteRow(1, { code: 'HAM' });
export const PRODUCTS = [10, 11, 12].map((number) => productRow(number));
export const BARCODES = ['4006381333931', '0036000291452', '5901234123457'];
export const LOCATIONS = ['A-01', 'A-02', 'B-01'].map((code, at) =>
  locationRow(20 + at, { site_id: SITE.id, code }),
);
export const OPENING = 100;

export async function writeOpening(location: StoreLocation): Promise<void> {
  await changeStore(location, async (tx) => {
    await tx.insert('site', [SITE]);
    await tx.insert('product', PRODUCTS);
    const codes = BARCODES.map((code, at) =>
      barcodeRow(30 + at, { product_id: idOf(10 + at), code }),
    );
    await tx.insert('barcode', codes);
    await tx.insert('location', LOCATIONS);
    const levels = PRODUCTS.map((product, at) =>
      levelRow(40 + at, {
        site_id: SITE.id,
        product_id: product.id,
        location_id: idOf(20),
        quantity: OPENING,
      }),
    );
    await tx.insert('stock_level', levels);
  });
}

/** What somebody at the office does. */
export async function changeStore(
  location: StoreLocation,
  work: (tx: ChangeTransaction) => Promise<void>,
): Promise<void> {
  const store = await openStore(location);
  try {
    await commitChanges(store, work);
  } finally {
    await store.close();
  }
}
