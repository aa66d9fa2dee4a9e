/** What a reader set to say so puts before the data: `]`, the family of the symbol, and a digit (ISO/IEC 15424). */
const IDENTIFIER = /^\][A-Za-z][0-9A-Za-z]/;

/** GS1-128, DataBar and composites, DataMatrix, QR and DotCode whose data are element strings. */
const GS1_SYMBOLOGIES: ReadonlySet<string> = new Set([
  ']C1',
  ']e0',
  ']e1',
  ']e2',
  ']d2',
  ']Q3',
  ']J1',
]);

/** Digits of an EAN symbol before those of its add-on. */
const EAN_WITH_ADD_ON = ']E3';
const EAN_DIGITS = 13;

export interface SymbolText {
  /** As `]E0`; null if the reader does not say. */
  symbology: string | null;
  data: string;
}

export function splitSymbology(text: string): SymbolText {
  const symbology = IDENTIFIER.exec(text)?.[0] ?? null;
  if (symbology === null) return { symbology, data: text };
  const data = text.slice(symbology.length);
  return { symbology, data: symbology === EAN_WITH_ADD_ON ? data.slice(0, EAN_DIGITS) : data };
}

export function isGs1Symbology(symbology: string | null): boolean {
  return symbology !== null && GS1_SYMBOLOGIES.has(symbology);
}

/** Symbols that hold nothing but article numbers, so that a digit that does not fit is a misreading. */
export function isArticleSymbology(symbology: string | null): boolean {
  return symbology === null || symbology.startsWith(']E') || symbology === ']I1';
}
