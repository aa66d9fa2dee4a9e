import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type { PlaceGoods, PlaceView, ZoneView } from '../../shared/desktop/overview-views.ts';
import { MOVEMENT_KINDS } from '../../shared/entities/stock-movement.ts';
import type { FakeCatalogue } from './fake-catalogue.ts';

interface FakeOverviewOptions {
  catalogue: FakeCatalogue;
  stock: DesktopApp['stock'];
  now: () => number;
}

const DAY_MS = 86_400_000;
const LOCATIONS_MAX = 500;
const MOVEMENTS_MAX = 500;
/** More are asked one by one for where they lie, which an app in memory can do for a few hundred only. */
const PRODUCTS_LOOKED_AT = 60;

/** How a site is doing, worked out anew from the fake's own stock and movements. */
export function createFakeOverview({
  catalogue,
  stock,
  now,
}: FakeOverviewOptions): DesktopApp['overview'] {
  const goodsAt = async (locationId: string): Promise<PlaceGoods[]> => {
    const products = catalogue.products.slice(0, PRODUCTS_LOOKED_AT);
    const goods = await Promise.all(
      products.map(async (product): Promise<PlaceGoods[]> => {
        const { locations } = await stock.ofProduct(product.id);
        const place = locations.find((one) => one.locationId === locationId);
        if (!place) return [];
        const { id: productId, name: productName, sku, unit } = product;
        const { onHand, pending, lots } = place;
        return [{ productId, productName, sku, unit, onHand, pending, lots }];
      }),
    );
    return goods.flat();
  };
  const placesOf = async (siteId: string): Promise<PlaceView[]> => {
    const locations = await stock.locations({ siteId, text: '', limit: LOCATIONS_MAX });
    return Promise.all(
      locations.map(async ({ id: locationId, code, name, zone, blocked, capacity }) => {
        const goods = await goodsAt(locationId);
        const pieces = goods.reduce((sum, { onHand }) => sum + onHand, 0);
        const place = { locationId, code, name, zone, blocked, capacity };
        return { ...place, products: goods.length, pieces, expiresOn: null };
      }),
    );
  };
  return {
    movements: async ({ limit, productId, locationId, personId, kind, cause, from, to }) => {
      const found = await stock.movements({ productId, locationId, limit: MOVEMENTS_MAX });
      const items = found.filter(
        (one) =>
          (personId === null || one.personId === personId) &&
          (kind === null || one.kind === kind) &&
          (cause === null || one.cause === cause) &&
          (from === null || one.movedAt >= from) &&
          (to === null || one.movedAt < to),
      );
      return { items: items.slice(0, limit), nextCursor: null };
    },
    zones: async (siteId) => {
      const zones = Map.groupBy(await placesOf(siteId), ({ zone }) => zone);
      return [...zones].map(([zone, places]): ZoneView => ({
        zone,
        places: places.length,
        occupied: places.filter(({ products }) => products > 0).length,
        pieces: places.reduce((sum, { pieces }) => sum + pieces, 0),
      }));
    },
    places: async ({ siteId, zone, offset, limit }) => {
      const items = (await placesOf(siteId)).filter((place) => place.zone === zone);
      return { items: items.slice(offset, offset + limit), total: items.length };
    },
    goodsAt,
    expiring: async ({ until, limit }) => {
      const [product] = catalogue.products;
      const [site] = catalogue.sites;
      const expiresOn = now() + 3 * DAY_MS;
      if (!product || !site || expiresOn > until) return [];
      const { locations } = await stock.ofProduct(product.id);
      const { id: productId, name: productName, sku, unit } = product;
      return locations.slice(0, limit).map(({ locationId, code: locationCode, onHand }) => ({
        productId,
        productName,
        sku,
        unit,
        siteId: site.id,
        locationId,
        locationCode,
        lot: 'L-2291',
        serial: '',
        expiresOn,
        onHand,
      }));
    },
    dashboard: async ({ dayStarts }) => {
      const found = await stock.movements({
        productId: null,
        locationId: null,
        limit: MOVEMENTS_MAX,
      });
      const days = dayStarts.slice(1).map((endsAt, at) => {
        const startsAt = dayStarts[at] ?? 0;
        const own = found.filter(({ movedAt }) => movedAt >= startsAt && movedAt < endsAt);
        const sums = (value: (quantity: number) => number) =>
          Object.fromEntries(
            MOVEMENT_KINDS.map((kind) => [
              kind,
              own
                .filter((one) => one.kind === kind)
                .reduce((sum, { quantity }) => sum + value(quantity), 0),
            ]),
          ) as Record<(typeof MOVEMENT_KINDS)[number], number>;
        return { startsAt, movements: sums(() => 1), pieces: sums(Math.abs) };
      });
      const counts = [
        {
          countId: 'c2',
          code: 'CNT-2',
          approvedAt: now() - DAY_MS,
          lines: 120,
          exact: 117,
          off: 9,
        },
        {
          countId: 'c1',
          code: 'CNT-1',
          approvedAt: now() - 8 * DAY_MS,
          lines: 80,
          exact: 71,
          off: 40,
        },
      ];
      return { days, counts, isWhole: true };
    },
  };
}
