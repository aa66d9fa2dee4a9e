import { TallymanError } from '../../shared/errors.ts';
import type { ImportKind } from './import-kind.ts';
import { quoted } from './reject.ts';

/**
 * `gtin` is a barcode that has to be an article number, as the header `UPCEAN` promises. What stands under `barcode` may
 * also be a code of the house.
 */
export type ColumnName =
  | 'sku'
  | 'barcode'
  | 'gtin'
  | 'name'
  | 'description'
  | 'category'
  | 'category_code'
  | 'brand'
  | 'brand_code'
  | 'unit'
  | 'price'
  | 'currency'
  | 'min_stock'
  | 'reorder_to'
  | 'abc'
  | 'tracking'
  | 'tracks_expiry'
  | 'pack_quantity'
  | 'pack_unit'
  | 'quantity'
  | 'lot'
  | 'serial'
  | 'expires_on'
  | 'location'
  | 'site'
  | 'code'
  | 'zone';

/** Header names of other systems. */
const ALIASES: ReadonlyMap<string, ColumnName> = new Map([
  ['id', 'sku'],
  ['upcean', 'gtin'],
  ['categoryname', 'category'],
  ['categoryid', 'category_code'],
  ['brandname', 'brand'],
  ['brandid', 'brand_code'],
]);

interface KindColumns {
  known: readonly ColumnName[];
  /** Of each group, one has to be there. */
  needed: readonly (readonly ColumnName[])[];
}

const COLUMNS: Readonly<Record<ImportKind, KindColumns>> = {
  products: {
    known: [
      'sku',
      'barcode',
      'gtin',
      'name',
      'description',
      'category',
      'category_code',
      'brand',
      'brand_code',
      'unit',
      'price',
      'currency',
      'min_stock',
      'reorder_to',
      'abc',
      'tracking',
      'tracks_expiry',
      'pack_quantity',
      'pack_unit',
      'quantity',
      'location',
      'site',
    ],
    needed: [['sku', 'barcode', 'gtin'], ['name']],
  },
  locations: { known: ['site', 'code', 'name', 'zone'], needed: [['site'], ['code']] },
  stock: {
    known: [
      'sku',
      'barcode',
      'gtin',
      'site',
      'location',
      'quantity',
      'lot',
      'serial',
      'expires_on',
    ],
    needed: [['barcode', 'sku', 'gtin'], ['location'], ['quantity']],
  },
};

/** Null for a name that this kind of import has no use for. */
export function columnNamed(header: string, kind: ImportKind): ColumnName | null {
  const name = header
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const column = ALIASES.get(name) ?? (name as ColumnName);
  return COLUMNS[kind].known.includes(column) ? column : null;
}

export interface Header {
  /** Per field of a line; null for an ignored one. */
  columns: readonly (ColumnName | null)[];
  ignored: readonly string[];
}

/** Throws BAD_INPUT if a needed column is missing or one is there twice. */
export function recogniseHeader(names: readonly string[], kind: ImportKind): Header {
  const columns = names.map((name) => columnNamed(name, kind));
  const twice = columns.find((column, at) => column !== null && columns.indexOf(column) !== at);
  if (twice !== undefined) {
    throw new TallymanError(
      'BAD_INPUT',
      `The header line names the column ${twice} twice. Keep one of them and try again.`,
    );
  }
  const missing = COLUMNS[kind].needed.find(
    (group) => !group.some((name) => columns.includes(name)),
  );
  if (missing !== undefined) {
    throw new TallymanError(
      'BAD_INPUT',
      `The header line has no column ${headerNames(missing)}, which an import of ${kind} needs. Its columns are: ${shown(names)}.`,
    );
  }
  return { columns, ignored: names.filter((_, at) => columns[at] === null) };
}

function headerNames(group: readonly ColumnName[]): string {
  return group.map((name) => (name === 'gtin' ? 'UPCEAN' : name)).join(' or ');
}

const NAMES_SHOWN_MAX = 20;

function shown(names: readonly string[]): string {
  const first = names.slice(0, NAMES_SHOWN_MAX).map(quoted).join(', ');
  return names.length > NAMES_SHOWN_MAX
    ? `${first} and ${names.length - NAMES_SHOWN_MAX} more`
    : first;
}
