/** The desktop router takes no longer text. Written here again because its module would bring the whole validator along. */
export const SEARCH_TEXT_LENGTH_MAX = 200;

/** GTIN-8 to GTIN-14: what a scanner sends. */
export function looksLikeBarcode(text: string): boolean {
  return /^\d{8,14}$/.test(text);
}
