import { otherGtinSpellings } from '../../shared/domain/gtin.ts';
import { product, type Product } from '../../shared/entities/product.ts';
import { must } from '../../shared/domain/assert.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { ChangeSet } from './change-set.ts';
import { KeyLedger } from './key-ledger.ts';
import type { LineFields } from './line-fields.ts';
import type { LineImporter, LineOutcome } from './line-importer.ts';
import { ambiguous, PlaceBook, unknownIn } from './place-book.ts';
import { type PlaceReference, readPlace } from './place-reference.ts';
import { QUANTITY_MAX, readBarcode } from './product-line.ts';
import { putLevel } from './put-level.ts';
import { emptyValue, quoted, type Reject } from './reject.ts';
import { findStoredProducts, levelKey, type StoredProducts } from './stored-products.ts';

interface StockLine {
  line: number;
  /** Goes before the barcode if both are there. */
  sku: string | null;
  barcode: string | null;
  place: PlaceReference;
  /** In the product's smallest unit, whatever pack the barcode is of. */
  quantity: number;
}

const SKU_MAX = must(product.schema.shape.sku.maxLength, 'length limit');

/** Opening stock: what lies where. Products and locations have to be known; a mistyped one must not make a new place. */
export class StockImporter implements LineImporter<StockLine> {
  readonly #newId: () => string;
  readonly #places: PlaceBook;
  readonly #seen = new KeyLedger();

  constructor(newId: () => string) {
    this.#newId = newId;
    this.#places = new PlaceBook(newId);
  }

  read(values: LineFields, line: number): StockLine | Reject {
    const sku = values.text('sku', { max: SKU_MAX });
    const barcode = readBarcode(values);
    const place = readPlace(values);
    const quantity = values.integer('quantity', { min: -QUANTITY_MAX, max: QUANTITY_MAX });
    if (sku === null && barcode === null) {
      values.fail({ reason: 'no_key', sentence: 'The line has neither a SKU nor a barcode.' });
    }
    if (place === null) values.fail(emptyValue('location'));
    if (quantity === null) values.fail(emptyValue('quantity'));
    if (values.reject !== null) return values.reject;
    return {
      line,
      sku,
      barcode,
      place: must(place, 'place'),
      quantity: must(quantity, 'quantity'),
    };
  }

  async load(tx: ChangeTransaction): Promise<void> {
    await this.#places.load(tx);
  }

  async apply(tx: ChangeTransaction, lines: readonly StockLine[]): Promise<readonly LineOutcome[]> {
    const stored = await findStoredProducts(tx, {
      skus: lines.flatMap((line) => line.sku ?? []),
      barcodes: lines.flatMap(({ barcode }) =>
        barcode === null ? [] : [barcode, ...otherGtinSpellings(barcode)],
      ),
      withLevels: true,
    });
    const changes = new ChangeSet();
    const outcomes = lines.map((line) => this.#applyLine(line, stored, changes));
    await changes.write(tx);
    return outcomes;
  }

  #applyLine(line: StockLine, stored: StoredProducts, changes: ChangeSet): LineOutcome {
    const owner = productOf(line, stored);
    if (owner === null) return unknownProduct(line);
    const search = this.#places.find(line.place);
    if (search.kind === 'ambiguous') return ambiguous(line.place);
    if (search.kind === 'unknown') {
      return unknownIn(line.place, 'Import the locations first, with --kind locations.');
    }
    const { location } = search;
    const key = levelKey(owner.id, location.id);
    const first = this.#seen.firstLine(key);
    if (first !== null) {
      return {
        reason: 'duplicate_place',
        sentence: `The stock of ${quoted(owner.sku)} at ${quoted(location.code)} is already in line ${first}.`,
      };
    }
    this.#seen.claim(key, line.line);
    const target = { productId: owner.id, location, quantity: line.quantity };
    const isChanged = putLevel(target, stored, { changes, newId: this.#newId });
    return isChanged ? 'imported' : 'unchanged';
  }
}

function productOf({ sku, barcode }: StockLine, stored: StoredProducts): Product | null {
  if (sku !== null) return stored.bySku.get(sku) ?? null;
  const code = barcode ?? '';
  const found = [code, ...otherGtinSpellings(code)]
    .map((spelling) => stored.barcodes.get(spelling))
    .find((known) => known !== undefined);
  return found === undefined ? null : (stored.byId.get(found.product_id) ?? null);
}

function unknownProduct({ sku, barcode }: StockLine): Reject {
  return {
    reason: 'unknown_product',
    sentence:
      sku === null
        ? `There is no product with the barcode ${quoted(barcode ?? '')}.`
        : `There is no product with the SKU ${quoted(sku)}.`,
  };
}
