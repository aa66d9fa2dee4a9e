import { spellStrokes } from './decode-strokes.ts';
import { GS } from './group-separator.ts';
import type { KeyStroke } from './key-stroke.ts';
import { isModifier } from './key-stroke.ts';
import type { ScannerLayout } from './scanner-layouts.ts';
import type { ScannerProfile } from './scanner-profile.ts';

/** Written again in scanner-profile.ts, whose validator must not be needed to start the app. */
const LAYOUT_ORDER: readonly ScannerLayout[] = ['us', 'uk', 'de', 'fr', 'es', 'it'];

/**
 * What the calibration barcode holds: two GS1 elements with a separator between them. Any two layouts spell some of these
 * characters with different keys.
 */
const BEFORE_SEPARATOR = '91TMyz"@#-/:_?';
const AFTER_SEPARATOR = '92END';
export const CALIBRATION_TEXT = `${BEFORE_SEPARATOR}${GS}${AFTER_SEPARATOR}`;

/** As readers with symbology prefixes begin: no prefix of the scanner's own. */
const SYMBOLOGY_AT_END = /\][A-Za-z][0-9A-Za-z]$/;
const PREFIX_LENGTH_MAX = 8;
/** Room for a scanner that stutters now and then, and for a person to stay slower. */
const GAP_ROOM = 3;
const GAP_MS_MIN = 20;
const GAP_MS_MAX = 100;

export type LearnedProfile = Pick<
  ScannerProfile,
  'layout' | 'prefix' | 'suffix' | 'separators' | 'gapMs'
>;

/** What the keys of the calibration barcode tell about the scanner; null if they are of another barcode. */
export function learnProfile(strokes: readonly KeyStroke[]): LearnedProfile | null {
  const end = strokes.findLast((stroke) => !isModifier(stroke))?.code;
  const suffix = suffixOf(end);
  const keys = strokes.filter(({ code }) => !/^(?:Enter|NumpadEnter|Tab)$/.test(code));
  for (const layout of LAYOUT_ORDER) {
    const found = findText(keys, layout);
    if (found) return { layout, suffix, gapMs: learnGap(strokes), ...found };
  }
  return null;
}

function suffixOf(lastKey: string | undefined): LearnedProfile['suffix'] {
  if (lastKey === 'Tab') return 'Tab';
  return lastKey === 'Enter' || lastKey === 'NumpadEnter' ? 'Enter' : 'none';
}

function findText(
  keys: readonly KeyStroke[],
  layout: ScannerLayout,
): Pick<LearnedProfile, 'prefix' | 'separators'> | null {
  const spelled = spellStrokes(keys, { layout, separators: [] });
  const text = spelled.map((each) => each.text || GS).join('');
  const start = text.indexOf(BEFORE_SEPARATOR);
  const end = text.indexOf(AFTER_SEPARATOR, start + BEFORE_SEPARATOR.length);
  if (start === -1 || end === -1) return null;
  const between = chordsBetween(spelled, start + BEFORE_SEPARATOR.length, end);
  const prefix = text.slice(0, start).replace(SYMBOLOGY_AT_END, '').replaceAll(GS, '');
  return { prefix: prefix.slice(-PREFIX_LENGTH_MAX), separators: between };
}

/** The chords at some places of the text, each once. */
function chordsBetween(
  spelled: readonly { chord: string }[],
  start: number,
  end: number,
): string[] {
  return [...new Set(spelled.slice(start, end).map(({ chord }) => chord))];
}

function learnGap(strokes: readonly KeyStroke[]): number {
  const gaps = strokes.slice(1).map(({ at }, before) => at - (strokes[before]?.at ?? at));
  const room = Math.ceil(Math.max(0, ...gaps) * GAP_ROOM);
  return Math.min(GAP_MS_MAX, Math.max(GAP_MS_MIN, room));
}
