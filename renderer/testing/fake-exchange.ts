import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type { ImportLookUp } from '../../shared/desktop/exchange-views.ts';
import type { FakeCatalogue } from './fake-catalogue.ts';
import type { FakeStore } from './fake-store.ts';

interface FakeExchangeOptions {
  store: FakeStore;
  catalogue: FakeCatalogue;
  records: DesktopApp['records'];
  stock: DesktopApp['stock'];
}

/** The real contract of `exchange` over the fake store. */
export function createFakeExchange(options: FakeExchangeOptions): DesktopApp['exchange'] {
  const { store, catalogue, records, stock } = options;
  const skus = new Map(catalogue.products.map((product) => [product.sku, product]));
  const codes = new Map(
    catalogue.products.flatMap((product) => product.barcodes.map((code) => [code, product])),
  );
  return {
    lookUp: async ({ rows }) => {
      const found: ImportLookUp[] = [];
      const byCode = Map.groupBy(store.rows('location'), ({ row }) => row['code']);
      for (const { sku, barcode, siteId, location, lot, serial } of rows) {
        const product = (sku === null ? codes.get(barcode ?? '') : skus.get(sku)) ?? null;
        const places = (byCode.get(location) ?? [])
          .filter(({ row }) => siteId === null || row['site_id'] === siteId)
          .slice(0, 2)
          .map(({ id, row }) => ({
            id,
            siteId: String(row['site_id']),
            name: row['name'] as string | null,
            zone: row['zone'] as string | null,
            capacity: row['capacity'] as number | null,
            blocked: row['blocked'] === 1,
            note: row['note'] as string | null,
          }));
        const lots =
          product === null || places.length !== 1
            ? []
            : ((await stock.ofProduct(product.id)).locations.find(
                ({ locationId }) => locationId === places[0]?.id,
              )?.lots ?? []);
        found.push({
          product: product && {
            id: product.id,
            tracking: product.tracking,
            tracksExpiry: product.tracksExpiry,
          },
          places,
          onHand: lots.find((one) => one.lot === lot && one.serial === serial)?.onHand ?? 0,
        });
      }
      return found;
    },
    write: async (writes) => {
      const fresh = writes.filter(
        (one) =>
          one.kind !== 'create' || one.id === undefined || store.row(one.entity, one.id) === null,
      );
      if (fresh.length === 0) return { operationId: null, written: 0 };
      const { operationId } = await records.write(fresh);
      return { operationId, written: fresh.length };
    },
  };
}
