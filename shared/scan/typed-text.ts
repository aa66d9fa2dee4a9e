import { checkGtin } from '../domain/gtin.ts';
import { withoutControls } from './control-characters.ts';
import { LOCATION_PREFIX } from './location-label.ts';
import { splitSymbology } from './symbology.ts';

/** A GS1 label that begins with its article, or with what it contains. */
const ARTICLE = /^0[12](\d{14})/;

/** What a scan leaves in a field that asks for codes: what a person would have typed there. */
export function typedText(text: string): string {
  const { data } = splitSymbology(withoutControls(text));
  const article = ARTICLE.exec(data)?.[1];
  if (article !== undefined && checkGtin(article) === 'right') return article;
  return data.startsWith(LOCATION_PREFIX) ? data.slice(LOCATION_PREFIX.length) : data;
}
