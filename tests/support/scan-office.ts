import { type RunningServer, startServer } from '../../server/start-server.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { codeOfBox, codeOfProduct, SCANNED_PRODUCTS } from './planned-scans.ts';
import { barcodeRow, idOf, locationRow, productRow, siteRow } from './server-rows.ts';

const PRODUCTS = 2_000;
const CHANGED_AT_ONCE = 100;
const CHANGES_EVERY_MS = 400;

export interface ScanOffice extends AsyncDisposable {
  url: string;
}

/** A server with the products of the list of scans, a site with a place, and somebody who changes products all the time. */
export async function startScanOffice(dataDir: string): Promise<ScanOffice> {
  const server = await startServer({ dataDir, port: 0 });
  await fill(server);
  let isOver = false;
  const work = changeProducts(server, () => isOver);
  return {
    url: server.url,
    [Symbol.asyncDispose]: async () => {
      isOver = true;
      await work;
      await server.close();
    },
  };
}

async function fill({ store }: RunningServer): Promise<void> {
  const numbers = Array.from({ length: SCANNED_PRODUCTS }, (_, number) => number);
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('location', [locationRow(0)]);
    await tx.insert(
      'product',
      Array.from({ length: PRODUCTS }, (_, number) => productRow(number)),
    );
    await tx.insert('barcode', [
      ...numbers.map((number) =>
        barcodeRow(number, { product_id: idOf(number), code: codeOfProduct(number) }),
      ),
      ...numbers.map((number) =>
        barcodeRow(number + SCANNED_PRODUCTS, {
          product_id: idOf(number),
          code: codeOfBox(number),
          pack_quantity: 10,
        }),
      ),
    ]);
  });
}

async function changeProducts({ store }: RunningServer, isOver: () => boolean): Promise<void> {
  for (let round = 1; !isOver(); round++) {
    const rows = Array.from({ length: CHANGED_AT_ONCE }, (_, number) =>
      productRow(number, { name: `Product ${number}, ${round}` }),
    );
    await commitChanges(store, (tx) => tx.update('product', rows));
    await new Promise((next) => setTimeout(next, CHANGES_EVERY_MS));
  }
}
