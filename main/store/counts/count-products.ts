import type { StockCount } from '../../../shared/entities/stock-count.ts';
import type { TrackingKind } from '../../../shared/entities/product.ts';
import type { ReplicaReader } from '../catalogue/replica-reader.ts';

const PRODUCTS = `SELECT id, name, sku, unit, price_minor AS price, currency, tracking, tracks_expiry AS tracksExpiry,
    category_id AS categoryId, abc
  FROM product WHERE id IN (SELECT value FROM json_each(?))`;
const BELOW = `WITH RECURSIVE below(id) AS (
    SELECT ? UNION SELECT category.id FROM below JOIN category ON category.parent_id = below.id
  ) SELECT id FROM below`;

export interface CountProduct {
  id: string;
  name: string;
  sku: string;
  unit: string;
  price: number | null;
  currency: string | null;
  tracking: TrackingKind;
  tracksExpiry: number;
  categoryId: string | null;
  abc: string | null;
}

/** Which products a count looks for, and what is known of them. */
export class CountProducts {
  readonly #reader: ReplicaReader;
  readonly #categories: ReadonlySet<string> | null;
  readonly #abc: string | null;

  constructor(reader: ReplicaReader, { category_id: categoryId, abc }: StockCount) {
    this.#reader = reader;
    this.#abc = abc;
    this.#categories =
      categoryId === null ? null : new Set(reader.catalogue.column<string>(BELOW, categoryId));
  }

  /** It looks for all. */
  get isWhole(): boolean {
    return this.#categories === null && this.#abc === null;
  }

  /** By id, without those that are not on this laptop. */
  read(ids: readonly string[]): Map<string, CountProduct> {
    const rows = this.#reader.catalogue.all<CountProduct>(PRODUCTS, JSON.stringify(ids));
    return new Map(rows.map((row) => [row.id, row]));
  }

  includes({ categoryId, abc }: CountProduct): boolean {
    if (this.#abc !== null && abc !== this.#abc) return false;
    if (this.#categories === null) return true;
    return categoryId !== null && this.#categories.has(categoryId);
  }
}
