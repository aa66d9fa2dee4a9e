/** The closed list of why a line is not imported. Scripts read these codes in the rejects file: keep them. */
export type RejectReason =
  | 'bad_utf8'
  | 'line_too_long'
  | 'blank_line'
  | 'field_count'
  | 'bad_quoting'
  | 'quote_not_closed'
  | 'bad_json'
  | 'control_character'
  | 'too_long'
  | 'no_key'
  | 'empty_value'
  | 'not_gtin'
  | 'check_digit'
  | 'bad_number'
  | 'bad_choice'
  | 'bad_boolean'
  | 'bad_date'
  | 'bad_price'
  | 'bad_currency'
  | 'duplicate_sku'
  | 'duplicate_barcode'
  | 'duplicate_place'
  | 'barcode_taken'
  | 'unknown_product'
  | 'unknown_location'
  | 'ambiguous_location'
  | 'lot_missing'
  | 'serial_missing'
  | 'serial_many'
  | 'expiry_missing';

export interface Reject {
  reason: RejectReason;
  /** For people: what is wrong and, where it helps, what would be right. */
  sentence: string;
  /** The column that it is about, if it is about one. */
  field?: string | undefined;
}

/** Of reasons that can only be about one column. */
const FIELDS: Partial<Record<RejectReason, string>> = {
  no_key: 'sku',
  not_gtin: 'barcode',
  check_digit: 'barcode',
  bad_price: 'price',
  bad_currency: 'currency',
  duplicate_sku: 'sku',
  duplicate_barcode: 'barcode',
  duplicate_place: 'location',
  barcode_taken: 'barcode',
  unknown_product: 'sku',
  unknown_location: 'location',
  ambiguous_location: 'location',
  lot_missing: 'lot',
  serial_missing: 'serial',
  serial_many: 'quantity',
  expiry_missing: 'expires on',
};

export function withField(reject: Reject): Reject {
  const field = reject.field ?? FIELDS[reject.reason];
  return field === undefined ? reject : { ...reject, field };
}

export function emptyValue(field: string): Reject {
  return { reason: 'empty_value', field, sentence: `The ${field} is empty.` };
}

/** Long enough to recognise a value, short enough for a line on a terminal. */
const QUOTED_CHARACTERS_MAX = 60;

/** A value from the file, safe to show. */
export function quoted(value: string): string {
  const shown = value.slice(0, QUOTED_CHARACTERS_MAX).replace(UNPRINTABLE, '·');
  return `"${shown}${value.length > QUOTED_CHARACTERS_MAX ? '…' : ''}"`;
}

const UNPRINTABLE = /\p{C}/gu;
