import { checkGtin, otherGtinSpellings, withCheckDigit } from '../domain/gtin.ts';
import { withoutControls, withoutControlsButSeparator } from './control-characters.ts';
import { readDigitalLink } from './digital-link.ts';
import {
  type Gs1Element,
  type Gs1Reading,
  judgeElements,
  readElementStrings,
  type ScanProblem,
} from './element-strings.ts';
import { GS } from './group-separator.ts';
import { readGs1Date } from './gs1-date.ts';
import { LOCATION_PREFIX } from './location-label.ts';
import type { ScannerProfile } from './scanner-profile.ts';
import { isArticleSymbology, isGs1Symbology, splitSymbology } from './symbology.ts';

/** What a scanned text says. */
export interface ScanContext {
  /** What is looked up: a GTIN, an SSCC, a location's code or a plain code; case kept, control characters removed. */
  code: string;
  /** As `]E0`; null if the reader does not say. */
  symbology: string | null;
  /** In 14 digits, so that equal articles compare equal; null if it is no GTIN or its check digit is wrong. */
  gtin: string | null;
  lot: string | null;
  serial: string | null;
  /** UTC epoch milliseconds of the day. */
  expiresOn: number | null;
  /** How many of the article the label stands for (AI 30 or 37). */
  quantity: number | null;
  /** Number of a logistic unit, 18 digits. */
  sscc: string | null;
  /** Code of a location, from one of our own labels. */
  location: string | null;
  /** All GS1 elements as they came; empty if the text is of another kind. */
  elements: readonly Gs1Element[];
  /** Look the code up nevertheless: a plain code may have the digits of a GTIN. */
  problems: readonly ScanProblem[];
}

/** Years of two digits are read as of this one, unless the time of the scan is given. */
const YEAR_OF_WRITING = 2026;
const GTIN_LENGTH = 14;
/** Article, content or logistic unit: what an element string without a symbology prefix must begin with to be taken for one. */
const LIKELY_GS1 = /^(?:00\d{18}|0[12]\d{14})/;

/** Reads a framed text. `at`, the time of the scan, decides the century of its dates. */
export function readScan(
  text: string,
  { separators }: Pick<ScannerProfile, 'separators'>,
  at?: number,
): ScanContext {
  const thisYear = at === undefined ? YEAR_OF_WRITING : new Date(at).getUTCFullYear();
  const { symbology, data } = splitSymbology(withoutControlsButSeparator(text));
  const plain = withoutControls(data).trim();
  const reading = readGs1(withSeparators(data, separators), symbology, thisYear);
  const base = reading
    ? contextOf(reading, { symbology, thisYear, plain })
    : { ...EMPTY, symbology, code: plain };
  if (reading) return base;
  if (plain.startsWith(LOCATION_PREFIX) && plain.length > LOCATION_PREFIX.length) {
    const location = plain.slice(LOCATION_PREFIX.length);
    return { ...base, code: location, location };
  }
  const check = checkGtin(plain);
  if (check === 'right') return { ...base, gtin: in14Digits(plain) };
  const isMisread = check === 'wrongCheckDigit' && isArticleSymbology(symbology);
  return { ...base, problems: isMisread ? ['wrongCheckDigit'] : [] };
}

const EMPTY: ScanContext = {
  code: '',
  symbology: null,
  gtin: null,
  lot: null,
  serial: null,
  expiresOn: null,
  quantity: null,
  sscc: null,
  location: null,
  elements: [],
  problems: [],
};

/** A profile may name texts that stand for the separator too, as `{GS}` or `|`; names of keys begin with a letter. */
function withSeparators(data: string, separators: readonly string[]): string {
  let text = data;
  for (const alias of separators)
    if (!/^[A-Za-z0-9]/.test(alias)) text = text.replaceAll(alias, GS);
  return text;
}

/** Null: the text is of another kind. */
function readGs1(data: string, symbology: string | null, thisYear: number): Gs1Reading | null {
  const linked = readDigitalLink(data);
  if (linked) return { elements: linked, problems: judgeElements(linked, thisYear) };
  const isCertain = isGs1Symbology(symbology) || data.startsWith(GS);
  const mayBe = data.includes(GS) || data.startsWith('(') || LIKELY_GS1.test(data);
  if (!isCertain && !(mayBe && symbology === null)) return null;
  const reading = readElementStrings(data, thisYear);
  if (isCertain || data.includes(GS)) return reading.elements.length > 0 ? reading : null;
  return isConvincing(reading) ? reading : null;
}

/** Without a word from the reader: one element that is right, or several of which at most the values are wrong. */
function isConvincing({ elements, problems }: Gs1Reading): boolean {
  if (problems.includes('unknownIdentifier') || problems.includes('badValue')) return false;
  return elements.length > 1 || (elements.length === 1 && problems.length === 0);
}

function contextOf(
  { elements, problems }: Gs1Reading,
  { symbology, thisYear, plain }: { symbology: string | null; thisYear: number; plain: string },
): ScanContext {
  const first = (...identifiers: readonly string[]): string | null =>
    identifiers
      .map((ai) => elements.find((element) => element.ai === ai)?.value)
      .find((value) => value !== undefined) ?? null;
  const gtin = first('01', '02');
  const sscc = first('00');
  const expiry = first('17', '15', '16', '7003');
  const count = first('30', '37');
  return {
    ...EMPTY,
    symbology,
    code: gtin ?? sscc ?? plain,
    gtin: gtin !== null && isRightGtin(gtin) ? gtin : null,
    lot: first('10'),
    serial: first('21'),
    expiresOn: expiry === null ? null : readGs1Date(expiry, thisYear),
    quantity: count !== null && /^\d{1,8}$/.test(count) ? Number(count) : null,
    sscc,
    elements,
    problems,
  };
}

function isRightGtin(digits: string): boolean {
  return digits.length === GTIN_LENGTH && withCheckDigit(digits.slice(0, -1)) === digits;
}

function in14Digits(gtin: string): string {
  const spelling = otherGtinSpellings(gtin).find(({ length }) => length === GTIN_LENGTH);
  return spelling ?? gtin;
}
