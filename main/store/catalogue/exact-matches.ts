import { FILTER_COLUMNS, type FilterRow } from './catalogue-filter.ts';
import type { ReplicaReader } from './replica-reader.ts';

const PRODUCT_BY_ID = `SELECT ${FILTER_COLUMNS} FROM product WHERE id = ?`;
const PRODUCTS_BY_SKU = `SELECT ${FILTER_COLUMNS} FROM product WHERE sku IN (?, ?, ?) ORDER BY local_id LIMIT ?`;
const BARCODES = `SELECT code, product_id, pack_quantity FROM barcode
  WHERE code IN (SELECT value FROM json_each(?)) ORDER BY local_id LIMIT ?`;

/** Lengths of EAN-8, UPC-A, EAN-13 and GTIN-14. The same article may be written in each, padded with zeros. */
const GTIN_LENGTHS = [8, 12, 13, 14];
/** Codes are unique on the server; for a moment of a sync two rows may share one. */
const EXACT_MATCHES_MAX = 16;

/** The ways in which a scanned or typed barcode may be stored, as given first. */
function barcodeForms(text: string): string[] {
  const code = text.trim();
  const digits = code.replace(/[\s-]/g, '');
  if (!/^\d{1,14}$/.test(digits)) return [code];
  const bare = digits.replace(/^0+/, '');
  if (bare === '') return [code];
  const padded = GTIN_LENGTHS.map((length) => bare.padStart(length, '0'));
  return [...new Set([code, digits, bare, ...padded])];
}

export interface BarcodeMatch {
  product: FilterRow;
  packQuantity: number;
}

/** Products that have this barcode; the code exactly as given comes before its other forms. */
export function productsByBarcode(reader: ReplicaReader, text: string): BarcodeMatch[] {
  const forms = barcodeForms(text);
  const rows = reader.catalogue
    .all<{ code: string; product_id: string; pack_quantity: number }>(
      BARCODES,
      JSON.stringify(forms),
      EXACT_MATCHES_MAX,
    )
    .toSorted((a, b) => forms.indexOf(a.code) - forms.indexOf(b.code));
  return rows.flatMap(({ product_id, pack_quantity }) => {
    const product = reader.catalogue.first<FilterRow>(PRODUCT_BY_ID, product_id);
    return product ? [{ product, packQuantity: pack_quantity }] : [];
  });
}

export function productsBySku(reader: ReplicaReader, text: string): FilterRow[] {
  const sku = text.trim();
  return reader.catalogue.all<FilterRow>(
    PRODUCTS_BY_SKU,
    sku,
    sku.toUpperCase(),
    sku.toLowerCase(),
    EXACT_MATCHES_MAX,
  );
}

/** Products with this barcode, then those with this SKU, each once. */
export function exactMatches(reader: ReplicaReader, text: string): FilterRow[] {
  const byLocalId = new Map<number, FilterRow>();
  for (const { product } of productsByBarcode(reader, text))
    byLocalId.set(product.local_id, product);
  for (const product of productsBySku(reader, text)) {
    if (!byLocalId.has(product.local_id)) byLocalId.set(product.local_id, product);
  }
  return [...byLocalId.values()];
}
