const WORDS = {
  '00': 'sscc',
  '01': 'gtin',
  '02': 'content',
  '10': 'lot',
  '11': 'made',
  '13': 'packed',
  '15': 'bestBefore',
  '16': 'sellBy',
  '17': 'expiry',
  '20': 'variant',
  '21': 'serial',
  '30': 'count',
  '37': 'contentCount',
  '240': 'article',
  '400': 'order',
} as const;

export type AiWord = (typeof WORDS)[keyof typeof WORDS] | 'weight' | 'place' | 'company' | 'other';

/** The key of the word for a GS1 application identifier. */
export function aiWord(ai: string): AiWord {
  if (isNamed(ai)) return WORDS[ai];
  if (/^(?:310|320|330|340)\d$/.test(ai)) return 'weight';
  if (/^41\d$/.test(ai)) return 'place';
  return /^9\d$/.test(ai) ? 'company' : 'other';
}

function isNamed(ai: string): ai is keyof typeof WORDS {
  return Object.hasOwn(WORDS, ai);
}
