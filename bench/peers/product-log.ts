import { must } from '../../shared/domain/assert.ts';
import { sampleBelow } from '../random.ts';

/** One flat row as any engine can hold it: what is absent is empty or 0, because not all of them store null. */
export interface PeerProduct {
  id: string;
  sku: string;
  name: string;
  brand: string;
  category: string;
  barcode: string;
  price_minor: number;
  unit: string;
  min_stock: number;
}

export const PRODUCT_COLUMNS = [
  'id',
  'sku',
  'name',
  'brand',
  'category',
  'barcode',
  'price_minor',
  'unit',
  'min_stock',
] as const satisfies readonly (keyof PeerProduct)[];

export interface LogEntry {
  product: PeerProduct;
  /** Made once, so that the source is not what a peer waits for. */
  json: string;
  /** Its places in the log, the newest first; the newest is its version. */
  positions: number[];
}

export interface LogPage {
  entries: LogEntry[];
  /** Where the next page begins. */
  cursor: number;
  more: boolean;
}

/** Products in the order in which they last changed. A product that changes leaves its place and goes to the end. */
export class ProductLog {
  readonly #byId: ReadonlyMap<string, LogEntry>;
  readonly #rows: readonly LogEntry[];
  readonly #log: (LogEntry | null)[];

  constructor(products: Iterable<PeerProduct>) {
    const rows: LogEntry[] = [];
    for (const product of products) {
      rows.push({ product, json: JSON.stringify(product), positions: [rows.length + 1] });
    }
    this.#rows = rows;
    this.#log = [...rows];
    this.#byId = new Map(rows.map((entry) => [entry.product.id, entry]));
  }

  get rows(): number {
    return this.#rows.length;
  }

  get version(): number {
    return this.#log.length;
  }

  entry(id: string): LogEntry {
    return must(this.#byId.get(id), 'a product of the log');
  }

  page(after: number, limit: number): LogPage {
    const entries: LogEntry[] = [];
    let cursor = after;
    while (cursor < this.#log.length && entries.length < limit) {
      const entry = this.#log[cursor];
      if (entry) entries.push(entry);
      cursor += 1;
    }
    return { entries, cursor, more: cursor < this.#log.length };
  }

  /** Renames and reprices products here and there. Gives one of them, for the peer to show. */
  change(count: number, random: () => number): PeerProduct {
    for (const at of sampleBelow(this.#rows.length, count, random)) {
      const entry = must(this.#rows[at], 'a product to change');
      const { product } = entry;
      entry.product = {
        ...product,
        name: `${product.name.replace(/ v\d+$/, '')} v${this.version}`,
        price_minor: product.price_minor + 1,
      };
      entry.json = JSON.stringify(entry.product);
      this.#log[must(entry.positions[0], 'a position') - 1] = null;
      this.#log.push(entry);
      entry.positions.unshift(this.#log.length);
    }
    return must(this.#log.at(-1), 'a changed product').product;
  }
}
