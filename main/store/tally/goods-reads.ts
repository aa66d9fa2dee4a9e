import type { PackSize } from '../../../shared/desktop/tally-views.ts';
import { countLineId, type GoodsKey } from '../../../shared/domain/count-ids.ts';
import { otherGtinSpellings } from '../../../shared/domain/gtin.ts';
import type { DeliveryLine } from '../../../shared/entities/delivery-line.ts';
import type { Location } from '../../../shared/entities/location.ts';
import type { TrackingKind } from '../../../shared/entities/product.ts';
import type { StockCount } from '../../../shared/entities/stock-count.ts';
import { entityNamed } from '../../../shared/entities/registry.ts';
import { fromStored } from '../../../shared/entities/stored-row.ts';
import type { SiteReader } from '../catalogue/replica-reader.ts';
import { NOT_CONTAINED } from '../overlay/overlay.ts';
import type { RecordReader } from '../records/record-reader.ts';
import type { StatementCache } from '../statement-cache.ts';
import { goodsOf } from '../stock/product-stock.ts';
import { CONTAINED_POINT } from '../contained-point.ts';

export interface TallySources {
  records: RecordReader;
  catalogue: StatementCache | null;
  sites: readonly SiteReader[];
}

export interface ProductFacts {
  id: string;
  sku: string;
  name: string;
  unit: string;
  tracking: TrackingKind;
  categoryId: string | null;
  abc: string | null;
}

/** Goods at a place, by lot and serial number. */
export interface HeldGoods {
  locationId: string;
  lot: string;
  serial: string;
  expiresOn: number | null;
  onHand: number;
}

/** A line of a delivery with what had come before, sent or not. */
export interface ExpectedLine {
  id: string;
  productId: string;
  expected: number;
  received: number;
}

const BY_BARCODE = `SELECT b.code, b.product_id AS productId, b.pack_quantity AS packQuantity FROM barcode b
  JOIN product p ON p.id = b.product_id
  WHERE b.code IN (SELECT value FROM json_each(?)) ORDER BY p.archived, b.local_id LIMIT ?`;
const BY_SKU = 'SELECT id FROM product WHERE sku IN (?, ?, ?) ORDER BY archived, local_id LIMIT 1';
const PRODUCTS = `SELECT id, sku, name, unit, tracking, category_id AS categoryId, abc FROM product
  WHERE id IN (SELECT value FROM json_each(?))`;
const PACKS = `SELECT product_id AS productId, pack_quantity AS quantity, max(pack_unit) AS unit FROM barcode
  WHERE product_id IN (SELECT value FROM json_each(?)) AND pack_quantity > 1
  GROUP BY product_id, pack_quantity ORDER BY pack_quantity DESC`;
const PARENT = 'SELECT parent_id FROM category WHERE id = ?';
const SEEN = `SELECT coalesce(sum(quantity), 0) FROM count_observation
  WHERE product_id = :product_id AND count_id = :countId AND round = :round AND serial = :serial
    AND (:serial <> '' OR location_id = :location_id AND lot = :lot)`;
const PENDING_RECEIVED = `SELECT s.delivery_line_id AS id, sum(s.change) AS received
  FROM operation_stock s CROSS JOIN operation o ON o.position = s.position
  WHERE s.delivery_line_id IN (SELECT value FROM json_each(:ids)) AND ${NOT_CONTAINED}
  GROUP BY s.delivery_line_id`;

/** Codes are unique on the server; for a moment of a sync two rows may share one. */
const CODE_MATCHES_MAX = 16;
const DELIVERY_LINES_MAX = 5_000;
/** Deeper trees are a circle. */
const CATEGORY_DEPTH_MAX = 32;

/** What a tally needs to know of goods and places, as a person sees them. Every look-up is by an index. */
export class GoodsReads {
  readonly #sources: TallySources;
  readonly #work: StatementCache;

  constructor(sources: TallySources, work: StatementCache) {
    this.#sources = sources;
    this.#work = work;
  }

  /** By a barcode in any spelling of its number, else by the SKU, which own labels may carry. */
  productOfCode(
    code: string,
    gtin: string | null,
  ): { productId: string; packQuantity: number } | null {
    const { catalogue } = this.#sources;
    if (!catalogue) return null;
    const numbers = gtin === null ? [code] : [code, gtin];
    const codes = [...new Set(numbers.flatMap((one) => [one, ...otherGtinSpellings(one)]))];
    const found = catalogue.all<{ code: string; productId: string; packQuantity: number }>(
      BY_BARCODE,
      JSON.stringify(codes),
      CODE_MATCHES_MAX,
    );
    const match = found.find((one) => one.code === code) ?? found[0];
    if (match) return match;
    const bySku = catalogue.value<string>(BY_SKU, code, code.toUpperCase(), code.toLowerCase());
    return bySku === null ? null : { productId: bySku, packQuantity: 1 };
  }

  product(id: string): ProductFacts | null {
    return this.products([id]).get(id) ?? null;
  }

  products(ids: readonly string[]): Map<string, ProductFacts> {
    const rows = this.#sources.catalogue?.all<ProductFacts>(PRODUCTS, JSON.stringify(ids)) ?? [];
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The largest first. */
  packs(productIds: readonly string[]): Map<string, PackSize[]> {
    const { catalogue } = this.#sources;
    const rows =
      catalogue?.all<PackSize & { productId: string }>(PACKS, JSON.stringify(productIds)) ?? [];
    const packs = new Map<string, PackSize[]>();
    for (const { productId, quantity, unit } of rows) {
      const own = packs.get(productId) ?? [];
      packs.set(productId, own);
      own.push({ quantity, unit });
    }
    return packs;
  }

  /** The category and all above it. */
  categoriesAbove(categoryId: string | null): string[] {
    const found: string[] = [];
    for (let id = categoryId; id !== null && found.length < CATEGORY_DEPTH_MAX;) {
      found.push(id);
      id = this.#sources.catalogue?.value<string>(PARENT, id) ?? null;
    }
    return found;
  }

  location(siteId: string, id: string): Location | null {
    return this.#get<Location>('location', id, siteId);
  }

  locationOfCode(siteId: string, code: string): Location | null {
    const where = { site_id: siteId, code };
    const [found] = this.#sources.records.list({
      entity: 'location',
      where,
      cursor: null,
      limit: 1,
    }).items;
    return found ? (fromStored(entityNamed('location'), found.row) as Location) : null;
  }

  locationCodes(siteId: string, ids: readonly string[]): Map<string, string> {
    const rows = this.#sources.records.several('location', siteId, ids);
    return new Map([...rows].map(([id, { row }]) => [id, String(row['code'])]));
  }

  stockCount(siteId: string, id: string): StockCount | null {
    return this.#get<StockCount>('stock_count', id, siteId);
  }

  deliveryCode(siteId: string, id: string): string | null {
    return this.#get<{ code: string }>('delivery', id, siteId)?.code ?? null;
  }

  personName(id: string | null): string | null {
    return id === null ? null : (this.#get<{ name: string }>('person', id)?.name ?? null);
  }

  held(siteId: string, productId: string): HeldGoods[] {
    const site = this.#site(siteId);
    if (!site) return [];
    return goodsOf(site, productId)
      .places()
      .flatMap(({ locationId, lots }) => lots.map((lot) => ({ ...lot, locationId })));
  }

  /** Of one product, or of all; the oldest first. */
  expectedLines(siteId: string, deliveryId: string, productId?: string): ExpectedLine[] {
    const where = {
      site_id: siteId,
      delivery_id: deliveryId,
      ...(productId === undefined ? {} : { product_id: productId }),
    };
    const site = this.#site(siteId);
    if (!site) return [];
    const { records } = this.#sources;
    // As one, or what was just sent and applied would be counted twice or not at all.
    const { rows, pending } = site.db.atOnce(() => {
      const found = records
        .list({ entity: 'delivery_line', where, cursor: null, limit: DELIVERY_LINES_MAX })
        .items.map(({ row }) => fromStored(entityNamed('delivery_line'), row) as DeliveryLine);
      return {
        rows: found,
        pending: this.#pendingReceived(
          site,
          found.map(({ id }) => id),
        ),
      };
    });
    return rows.map(({ id, product_id, expected, received }) => ({
      id,
      productId: product_id,
      expected,
      received: received + (pending.get(id) ?? 0),
    }));
  }

  /** In which round goods are counted: those of a line that is counted anew have a later one. */
  roundOf(siteId: string, countId: string, goods: GoodsKey): number {
    return (
      this.#get<{ round: number }>('count_line', countLineId(countId, goods), siteId)?.round ?? 1
    );
  }

  /** Whether the site knows that somebody saw these goods in this round. A serial number is looked for at every place. */
  wasSeen(siteId: string, countId: string, goods: GoodsKey & { round: number }): boolean {
    const seen = this.#site(siteId)?.db.value<number>(SEEN, { ...goods, countId }) ?? 0;
    return seen > 0;
  }

  #pendingReceived({ db }: SiteReader, lineIds: readonly string[]): Map<string, number> {
    const point = db.first<{ deviceId: string | null; number: number }>(CONTAINED_POINT);
    if (!point || lineIds.length === 0) return new Map();
    const rows = this.#work.all<{ id: string; received: number }>(PENDING_RECEIVED, {
      ids: JSON.stringify(lineIds),
      ...point,
    });
    return new Map(rows.map(({ id, received }) => [id, received]));
  }

  #site(siteId: string): SiteReader | undefined {
    return this.#sources.sites.find((site) => site.siteId === siteId);
  }

  #get<T>(entity: string, id: string, siteId?: string): T | null {
    const view = this.#sources.records.get(entity, id, siteId);
    return view && (fromStored(entityNamed(entity), view.row) as T);
  }
}
