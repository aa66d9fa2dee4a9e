import { withoutControls } from './control-characters.ts';
import { LOCATION_PREFIX } from './location-label.ts';
import { splitSymbology } from './symbology.ts';

/** What a scan leaves in a field that asks for codes: what a person would have typed there. */
export function typedText(text: string): string {
  const { data } = splitSymbology(withoutControls(text));
  return data.startsWith(LOCATION_PREFIX) ? data.slice(LOCATION_PREFIX.length) : data;
}
