import { otherGtinSpellings } from '../../shared/domain/gtin.ts';
import { product, type Product } from '../../shared/entities/product.ts';
import { must } from '../../shared/domain/assert.ts';
import { type StockLevel, stockLevel } from '../../shared/entities/stock-level.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { ChangeSet } from './change-set.ts';
import { KeyLedger } from './key-ledger.ts';
import type { LineFields } from './line-fields.ts';
import type { LineImporter, LineOutcome } from './line-importer.ts';
import { ambiguous, PlaceBook, unknownIn } from './place-book.ts';
import { type PlaceReference, readPlace } from './place-reference.ts';
import { maxLength } from './max-length.ts';
import { QUANTITY_MAX } from './product-fields.ts';
import { readBarcode } from './product-line.ts';
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
  /** Empty where goods have none. */
  lot: string;
  serial: string;
  /** UTC epoch milliseconds; undefined leaves it. */
  expiresOn: number | null | undefined;
}

const SKU_MAX = maxLength(product.schema.shape.sku);
const LOT_MAX = maxLength(stockLevel.schema.shape.lot.unwrap());
const SERIAL_MAX = maxLength(stockLevel.schema.shape.serial.unwrap());

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
    const lot = values.text('lot', { max: LOT_MAX }) ?? '';
    const serial = values.text('serial', { max: SERIAL_MAX }) ?? '';
    const expiresOn = values.has('expires_on') ? values.day('expires_on') : undefined;
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
      lot,
      serial,
      expiresOn,
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
      levels: {
        lots: [...new Set(lines.map(({ lot }) => lot))],
        serials: [...new Set(lines.map(({ serial }) => serial))],
      },
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
    const { lot, serial } = line;
    const key = levelKey({ product_id: owner.id, location_id: location.id, lot, serial });
    const first = this.#seen.firstLine(key);
    if (first !== null) {
      return {
        reason: 'duplicate_place',
        sentence: `The stock of ${quoted(owner.sku)}${goodsOf(line)} at ${quoted(location.code)} is already in line ${first}.`,
      };
    }
    const untold = untoldApart(line, owner, stored.levels.get(key) ?? null);
    if (untold !== null) return untold;
    this.#seen.claim(key, line.line);
    const target = { ...line, productId: owner.id, location };
    const isNew = !stored.levels.has(key);
    const isChanged = putLevel(target, stored, { changes, newId: this.#newId });
    if (!isChanged) return 'unchanged';
    return isNew ? 'created' : 'changed';
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

/** Goods that are told apart come with what tells them apart; that there are none is always a thing to say. */
function untoldApart(
  { quantity, lot, serial, expiresOn }: StockLine,
  { sku, tracking, tracks_expiry: tracksExpiry }: Product,
  stored: StockLevel | null,
): Reject | null {
  if (quantity > 0 && tracking === 'lot' && lot === '') {
    const sentence = `The product ${quoted(sku)} is kept by lot, and the line names none.`;
    return { reason: 'lot_missing', sentence };
  }
  if (quantity > 0 && tracking === 'serial' && serial === '') {
    const sentence = `The product ${quoted(sku)} is kept by serial number, and the line names none.`;
    return { reason: 'serial_missing', sentence };
  }
  if (quantity > 1 && serial !== '') {
    const sentence = `There is one of the serial number ${quoted(serial)}, and the line says ${quantity}.`;
    return { reason: 'serial_many', sentence };
  }
  const day = expiresOn === undefined ? (stored?.expires_on ?? null) : expiresOn;
  if (quantity > 0 && tracksExpiry && day === null) {
    const sentence = `The product ${quoted(sku)} is kept by its last day of use, and the line names none.`;
    return { reason: 'expiry_missing', sentence };
  }
  return null;
}

function goodsOf({ lot, serial }: StockLine): string {
  const ofLot = lot === '' ? '' : ` of lot ${quoted(lot)}`;
  return serial === '' ? ofLot : `${ofLot} with the serial number ${quoted(serial)}`;
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
