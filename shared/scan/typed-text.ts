import { LOCATION_PREFIX } from './location-label.ts';
import { splitSymbology } from './symbology.ts';

// oxlint-disable-next-line no-control-regex -- these are what is removed
const CONTROLS = /[\u0000-\u001f\u007f]/g;

/** What a scan leaves in a field that asks for codes: what a person would have typed there. */
export function typedText(text: string): string {
  const { data } = splitSymbology(text.replace(CONTROLS, ''));
  return data.startsWith(LOCATION_PREFIX) ? data.slice(LOCATION_PREFIX.length) : data;
}
