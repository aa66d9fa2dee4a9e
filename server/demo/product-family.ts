import type { TrackingKind } from '../../shared/entities/product.ts';

/** The languages that product names of the sample come in. */
export const DEMO_LANGUAGES = ['en', 'de', 'es', 'ru'] as const;
export type DemoLanguage = (typeof DEMO_LANGUAGES)[number];

export type InLanguages = Readonly<Record<DemoLanguage, string>>;

/** One value of a property in which the products of a family differ: a size, a colour, a flavour. */
export interface Variant {
  /** Part of the SKU. */
  code: string;
  /** Put into the name as it stands, so it is written in a form that fits there. */
  text: InLanguages;
  /** How much dearer than the family's base price. */
  price: number;
}

/** Products of one kind: every combination of a brand and the properties is a product. */
export interface ProductFamily {
  /** Begins the SKU. Unlike that of every other family. */
  prefix: string;
  /** From the root down. */
  category: readonly string[];
  /** Whether its pieces are told apart; they are not if it is not given. */
  tracking?: TrackingKind | undefined;
  tracksExpiry?: boolean | undefined;
  /** Names of `DEMO_BRANDS`. A brand's products are named in its own language. */
  brands: readonly string[];
  /** `{0}`, `{1}` … stand for the properties. */
  names: InLanguages;
  properties: readonly (readonly Variant[])[];
  unit: 'pcs' | 'pair' | 'roll' | 'pack';
  /** In euro cents, for a variant of price 1. */
  priceMinor: number;
  /** Pieces in an outer pack, smallest first; empty if it is not sold in packs. */
  packs: readonly number[];
}

export function inLanguages(
  ...[en, de, es, ru]: readonly [en: string, de: string, es: string, ru: string]
): InLanguages {
  return { en, de, es, ru };
}

/** Values that are written alike in all languages, such as `M8` or `A4`. */
export function alike(...values: readonly (readonly [text: string, price: number])[]): Variant[] {
  return values.map(([text, price]) => ({
    code: codeOf(text),
    text: inLanguages(text, text, text, text),
    price,
  }));
}

const RUSSIAN_UNITS: Readonly<Record<string, string>> = {
  mm: 'мм',
  cm: 'см',
  m: 'м',
  'mm²': 'мм²',
  g: 'г',
  kg: 'кг',
  ml: 'мл',
  l: 'л',
  W: 'Вт',
  'g/m²': 'г/м²',
};

/** Numbers with a unit. Only English writes a decimal point, and only Russian units are in Cyrillic. */
export function measured(
  unit: string,
  ...values: readonly (readonly [number: string, price: number])[]
): Variant[] {
  return values.map(([number, price]) => {
    const withComma = number.replaceAll('.', ',');
    const local = `${withComma} ${unit}`;
    const russian = `${withComma} ${RUSSIAN_UNITS[unit] ?? unit}`;
    return {
      code: codeOf(number),
      text: inLanguages(`${number} ${unit}`, local, local, russian),
      price,
    };
  });
}

/** Words: code, English, German, Spanish, Russian, price. */
export function worded(
  ...values: readonly (readonly [string, string, string, string, string, number])[]
): Variant[] {
  return values.map(([code, en, de, es, ru, price]) => ({
    code,
    text: inLanguages(en, de, es, ru),
    price,
  }));
}

function codeOf(text: string): string {
  return text
    .toUpperCase()
    .replaceAll('×', 'X')
    .replace(/[^A-Z0-9.]+/g, '');
}
