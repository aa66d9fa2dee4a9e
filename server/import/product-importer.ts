import type { Location } from '../../shared/entities/location.ts';
import type { Product } from '../../shared/entities/product.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { BrandBook } from './brand-book.ts';
import { CategoryTree } from './category-tree.ts';
import { ChangeSet } from './change-set.ts';
import { KeyLedger } from './key-ledger.ts';
import type { LineFields } from './line-fields.ts';
import { isReject, type LineImporter, type LineOutcome } from './line-importer.ts';
import { PlaceBook } from './place-book.ts';
import { type ProductLine, readProductLine } from './product-line.ts';
import { putLevel } from './put-level.ts';
import { quoted, type Reject } from './reject.ts';
import { findStoredProducts, NO_LOTS, type StoredProducts } from './stored-products.ts';

export interface ProductImporterOptions {
  newId: () => string;
  /** Of prices without a currency of their own. */
  currency: string;
}

interface Batch {
  stored: StoredProducts;
  changes: ChangeSet;
}

/** Products with their barcodes, categories and brands, and where a file has them their stock and its locations. */
export class ProductImporter implements LineImporter<ProductLine> {
  readonly #newId: () => string;
  readonly #currency: string;
  readonly #skus = new KeyLedger();
  readonly #barcodes = new KeyLedger();
  readonly #categories: CategoryTree;
  readonly #brands: BrandBook;
  readonly #places: PlaceBook;

  constructor({ newId, currency }: ProductImporterOptions) {
    this.#newId = newId;
    this.#currency = currency;
    this.#categories = new CategoryTree(newId);
    this.#brands = new BrandBook(newId);
    this.#places = new PlaceBook(newId);
  }

  /** The first line of a SKU or barcode wins. A further line of a SKU may only add a pack: another barcode and quantity. */
  read(values: LineFields, line: number): ProductLine | Reject {
    const read = readProductLine(values, { line, currency: this.#currency });
    if (isReject(read)) return read;
    const { sku, barcode } = read;
    const barcodeLine = barcode === null ? null : this.#barcodes.firstLine(barcode);
    if (barcodeLine !== null) return duplicate('barcode', barcode ?? '', barcodeLine);
    const skuLine = this.#skus.firstLine(sku);
    if (skuLine !== null) {
      if (barcode === null || read.packQuantity === null) return duplicate('sku', sku, skuLine);
      read.isFurtherPack = true;
    }
    this.#skus.claim(sku, line);
    if (barcode !== null) this.#barcodes.claim(barcode, line);
    return read;
  }

  async load(tx: ChangeTransaction): Promise<void> {
    await this.#categories.load(tx);
    await this.#brands.load(tx);
    await this.#places.load(tx);
  }

  async apply(
    tx: ChangeTransaction,
    lines: readonly ProductLine[],
  ): Promise<readonly LineOutcome[]> {
    const stored = await findStoredProducts(tx, {
      skus: lines.map((line) => line.sku),
      barcodes: lines.flatMap((line) => line.barcode ?? []),
      levels: lines.some((line) => line.level !== null) ? NO_LOTS : null,
    });
    const batch: Batch = { stored, changes: new ChangeSet() };
    const outcomes = lines.map((line) => this.#applyLine(line, batch));
    await batch.changes.write(tx);
    return outcomes;
  }

  #applyLine(line: ProductLine, batch: Batch): LineOutcome {
    const before = this.#storedProduct(line, batch);
    if (before !== null && isReject(before)) return before;
    const location =
      line.level === null ? null : this.#places.findOrMake(line.level.place, batch.changes);
    if (location !== null && isReject(location)) return location;
    const { product, isChanged } = this.#putProduct(line, before, batch);
    const isBarcodeChanged = this.#putBarcode(line, product, batch);
    const isLevelChanged = this.#putLevel(line, { product, location }, batch);
    if (before === null) return 'created';
    return isChanged || isBarcodeChanged || isLevelChanged ? 'changed' : 'unchanged';
  }

  /** Null if it is new. */
  #storedProduct(line: ProductLine, { stored }: Batch): Product | Reject | null {
    const owner = line.barcode === null ? undefined : stored.barcodes.get(line.barcode);
    const owning = owner === undefined ? undefined : stored.byId.get(owner.product_id);
    const named = stored.bySku.get(line.sku);
    if (line.keyedByBarcode) return this.#keyedByBarcode(line, owning ?? named ?? null);
    if (owning !== undefined && owning.id !== named?.id) {
      return {
        reason: 'barcode_taken',
        sentence: `The barcode ${quoted(line.barcode ?? '')} belongs to the product with the SKU ${quoted(owning.sku)}.`,
      };
    }
    return named ?? null;
  }

  /** The product may have a SKU of its own, under which another line may have named it. */
  #keyedByBarcode(line: ProductLine, product: Product | null): Product | Reject | null {
    if (product === null || product.sku === line.sku) return product;
    const skuLine = this.#skus.firstLine(product.sku);
    if (skuLine !== null && skuLine !== line.line) return duplicate('sku', product.sku, skuLine);
    this.#skus.claim(product.sku, line.line);
    return product;
  }

  #putProduct(
    line: ProductLine,
    before: Product | null,
    { stored, changes }: Batch,
  ): { product: Product; isChanged: boolean } {
    if (before !== null && line.isFurtherPack) return { product: before, isChanged: false };
    const product: Product = {
      ...(before ?? { id: this.#newId(), sku: line.sku, ...NEW_PRODUCT }),
      ...line.fields,
    };
    if (line.categoryPath !== undefined) {
      product.category_id = this.#categories.idOf(line.categoryPath, line.categoryCode, changes);
    }
    if (line.brand !== undefined) {
      product.brand_id = line.brand === null ? null : this.#brands.idOf(line.brand, changes);
    }
    if (before !== null && isSame(before, product)) return { product: before, isChanged: false };
    stored.bySku.set(product.sku, product);
    stored.byId.set(product.id, product);
    if (before === null) changes.insert('product', product);
    else changes.update('product', product);
    return { product, isChanged: true };
  }

  #putBarcode(line: ProductLine, product: Product, { stored, changes }: Batch): boolean {
    if (line.barcode === null) return false;
    const before = stored.barcodes.get(line.barcode);
    const barcode = {
      id: before?.id ?? this.#newId(),
      product_id: product.id,
      code: line.barcode,
      pack_quantity: line.packQuantity ?? before?.pack_quantity ?? 1,
      pack_unit: line.packUnit === undefined ? (before?.pack_unit ?? null) : line.packUnit,
    };
    if (before !== undefined && isSame(before, barcode)) return false;
    stored.barcodes.set(barcode.code, barcode);
    if (before === undefined) changes.insert('barcode', barcode);
    else changes.update('barcode', barcode);
    return true;
  }

  #putLevel(
    line: ProductLine,
    { product, location }: { product: Product; location: Location | null },
    { stored, changes }: Batch,
  ): boolean {
    if (line.level === null || location === null) return false;
    const { quantity } = line.level;
    const target = { ...WITHOUT_LOT, productId: product.id, location, quantity };
    return putLevel(target, stored, { changes, newId: this.#newId });
  }
}

const WITHOUT_LOT = { lot: '', serial: '', expiresOn: undefined } as const;

const NEW_PRODUCT = {
  description: null,
  category_id: null,
  brand_id: null,
  unit: 'pcs',
  price_minor: null,
  currency: null,
  min_stock: null,
  archived: false,
  tracking: 'none',
  tracks_expiry: false,
  reorder_to: null,
  abc: null,
} satisfies Partial<Product>;

function isSame<TRow extends object>(a: TRow, b: TRow): boolean {
  return (Object.keys(b) as (keyof TRow)[]).every((column) => a[column] === b[column]);
}

function duplicate(what: 'sku' | 'barcode', value: string, line: number): Reject {
  const name = what === 'sku' ? 'SKU' : 'barcode';
  return {
    reason: what === 'sku' ? 'duplicate_sku' : 'duplicate_barcode',
    sentence: `The ${name} ${quoted(value)} is already in line ${line}.`,
  };
}
