import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { GoodsLedger, type GoodsPlace } from '../stock/goods-ledger.ts';
import { CONTAINED_POINT } from '../contained-point.ts';

const PRODUCTS = `SELECT id AS productId, name AS productName, sku, unit FROM product
  WHERE id IN (SELECT value FROM json_each(?))`;
const LEVELS = `SELECT product_id AS productId, location_id AS locationId, quantity, lot, serial,
    expires_on AS expiresOn
  FROM stock_level WHERE product_id IN (SELECT value FROM json_each(?))`;

interface ProductWords {
  productId: string;
  productName: string;
  sku: string;
  unit: string;
}

interface LevelRow {
  productId: string;
  locationId: string;
  quantity: number;
  lot: string;
  serial: string;
  expiresOn: number | null;
}

/** Where some products lie at one site, pending included, read by a few statements for all of them. */
export class GoodsOfProducts {
  readonly #products: ReadonlyMap<string, ProductWords>;
  readonly #places = new Map<string, Map<string, GoodsPlace>>();

  constructor(reader: ReplicaReader, { db, pending }: SiteReader, productIds: readonly string[]) {
    const ids = JSON.stringify(productIds);
    const { levels, contained } = db.atOnce(() => ({
      levels: db.all<LevelRow>(LEVELS, ids),
      contained: db.first<ContainedPoint>(CONTAINED_POINT),
    }));
    const ledgers = new Map(productIds.map((id) => [id, new GoodsLedger()]));
    for (const { productId, locationId, ...level } of levels) {
      ledgers.get(productId)?.hold(locationId, level);
    }
    for (const change of contained ? pending.changes(productIds, contained) : []) {
      ledgers.get(change.productId)?.move(change);
    }
    for (const [id, ledger] of ledgers) {
      this.#places.set(id, new Map(ledger.places().map((place) => [place.locationId, place])));
    }
    const words = reader.catalogue.all<ProductWords>(PRODUCTS, ids);
    this.#products = new Map(words.map((product) => [product.productId, product]));
  }

  product(id: string): ProductWords | undefined {
    return this.#products.get(id);
  }

  /** Every place of each of them. */
  all(): GoodsPlace[] {
    return [...this.#places.values()].flatMap((places) => [...places.values()]);
  }

  at(productId: string, locationId: string): GoodsPlace | undefined {
    return this.#places.get(productId)?.get(locationId);
  }
}
