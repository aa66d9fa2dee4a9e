import { must } from '../../shared/domain/assert.ts';
import { checkGtin } from '../../shared/domain/gtin.ts';
import { barcode } from '../../shared/entities/barcode.ts';
import { brand } from '../../shared/entities/brand.ts';
import { category } from '../../shared/entities/category.ts';
import { product } from '../../shared/entities/product.ts';
import type { LineFields } from './line-fields.ts';
import { maxLength } from './max-length.ts';
import { readPlace, type PlaceReference } from './place-reference.ts';
import { type ProductFields, QUANTITY_MAX, readProductFields } from './product-fields.ts';
import { quoted, type Reject } from './reject.ts';

export interface ProductLine {
  line: number;
  /** If the file has none, the barcode serves for a new product. */
  sku: string;
  /** Found by barcode first, because its own SKU may be another. */
  keyedByBarcode: boolean;
  barcode: string | null;
  packQuantity: number | null;
  /** Null takes the pack's name away; undefined leaves it. */
  packUnit: string | null | undefined;
  /** An earlier line has described the product: this one adds a barcode to it. */
  isFurtherPack: boolean;
  fields: ProductFields;
  /** Names from the root down; empty takes the product out of its category; undefined leaves it. */
  categoryPath: readonly string[] | undefined;
  categoryCode: string | null;
  /** Null takes the product's brand away; undefined leaves it. */
  brand: { code: string | null; name: string } | null | undefined;
  level: { place: PlaceReference; quantity: number } | null;
}

export interface ProductLineOptions {
  line: number;
  /** Of prices without a currency of their own. */
  currency: string;
}

const SKU_MAX = maxLength(product.schema.shape.sku);
const BARCODE_MAX = maxLength(barcode.schema.shape.code);
const CATEGORY_NAME_MAX = maxLength(category.schema.shape.name);
const CODE_MAX = maxLength(category.schema.shape.code.unwrap());
const BRAND_NAME_MAX = maxLength(brand.schema.shape.name);
const PACK_UNIT_MAX = maxLength(barcode.schema.shape.pack_unit.unwrap().unwrap());
const PACK_MAX = must(barcode.schema.shape.pack_quantity.maxValue, 'pack limit');
/** Deeper trees are no help to anybody; it bounds what one line can make. */
const CATEGORY_DEPTH_MAX = 12;
const CATEGORY_PATH_MAX = 2_000;

/** Checks a line and makes sense of it. Knows nothing of other lines or of what is stored. */
export function readProductLine(
  values: LineFields,
  { line, currency }: ProductLineOptions,
): ProductLine | Reject {
  const code = readBarcode(values);
  const ownSku = values.text('sku', { max: SKU_MAX });
  const sku = ownSku ?? code;
  if (sku === null) {
    values.fail({
      reason: 'no_key',
      sentence:
        'The line has neither a SKU nor a barcode, so the product could not be found again.',
    });
  }
  const read: ProductLine = {
    line,
    sku: sku ?? '',
    keyedByBarcode: ownSku === null,
    barcode: code,
    isFurtherPack: false,
    packQuantity: values.integer('pack_quantity', { min: 1, max: PACK_MAX }),
    packUnit: values.has('pack_unit')
      ? values.text('pack_unit', { max: PACK_UNIT_MAX })
      : undefined,
    fields: readProductFields(values, currency),
    categoryPath: readCategoryPath(values),
    categoryCode: values.text('category_code', { max: CODE_MAX }),
    brand: readBrand(values),
    level: readLevel(values),
  };
  return values.reject ?? read;
}

/** Null if empty. A code of the house is taken only where the file does not promise article numbers. */
export function readBarcode(values: LineFields): string | null {
  const column = values.has('barcode') ? 'barcode' : 'gtin';
  const code = values.text(column, { max: BARCODE_MAX });
  if (code === null) return null;
  const check = checkGtin(code);
  if (check === 'wrongCheckDigit') {
    values.fail({
      reason: 'check_digit',
      sentence: `The barcode ${quoted(code)} has a wrong check digit: a digit is mistyped or missing.`,
    });
  } else if (check === 'notGtin' && column === 'gtin') {
    values.fail({
      reason: 'not_gtin',
      sentence: `The barcode ${quoted(code)} is not an EAN or UPC of 8, 12, 13 or 14 digits. A spreadsheet may have removed its leading zeros.`,
    });
  }
  return code;
}

function readCategoryPath(values: LineFields): readonly string[] | undefined {
  if (!values.has('category')) return undefined;
  const text = values.text('category', { max: CATEGORY_PATH_MAX });
  if (text === null) return [];
  const path = text
    .split('/')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (path.length > CATEGORY_DEPTH_MAX || path.some((name) => name.length > CATEGORY_NAME_MAX)) {
    values.fail({
      reason: 'too_long',
      field: 'category',
      sentence: `The category ${quoted(text)} is deeper than ${CATEGORY_DEPTH_MAX} levels, or a name in it is longer than ${CATEGORY_NAME_MAX} characters.`,
    });
  }
  return path;
}

/** A code without a name says nothing that a person could read, so it makes no brand. */
function readBrand(values: LineFields): ProductLine['brand'] {
  if (!values.has('brand')) return undefined;
  const name = values.text('brand', { max: BRAND_NAME_MAX });
  const code = values.text('brand_code', { max: CODE_MAX });
  return name === null ? null : { code, name };
}

function readLevel(values: LineFields): ProductLine['level'] {
  const quantity = values.integer('quantity', { min: -QUANTITY_MAX, max: QUANTITY_MAX });
  const place = readPlace(values);
  if (quantity === null) return null;
  if (place === null) {
    values.fail({
      reason: 'empty_value',
      field: 'location',
      sentence: 'The line has a quantity but no location.',
    });
    return null;
  }
  return { place, quantity };
}
