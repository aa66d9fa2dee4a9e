import { altDigit, chordOf, isModifier, type KeyStroke } from './key-stroke.ts';
import { GS } from './group-separator.ts';
import { characterOf, isDeadCharacter } from './scanner-layouts.ts';
import type { ScannerProfile } from './scanner-profile.ts';

type Decoding = Pick<ScannerProfile, 'layout' | 'separators'>;

/** A letter with Ctrl is one of the first control characters: its lowest five bits. */
const CONTROL_BITS = 0x1f;
const BYTE_MAX = 0xff;

/**
 * The text that a scanner meant by its keys, through the scanner's own layout: the laptop's layout, its Caps Lock, dead keys
 * and input method have no say. Separators become GS.
 */
export function decodeStrokes(strokes: readonly KeyStroke[], profile: Decoding): string {
  return spellStrokes(strokes, profile)
    .map(({ text }) => text)
    .join('');
}

/** Strokes that make one character together, and which. */
interface Spelled {
  text: string;
  /** As a scanner profile names it. */
  chord: string;
}

/** As `decodeStrokes`, character by character. */
export function spellStrokes(strokes: readonly KeyStroke[], profile: Decoding): Spelled[] {
  const spelled: Spelled[] = [];
  let digits = '';
  let dead = false;
  const endNumber = (): void => {
    if (digits !== '') spelled.push(spellNumber(digits, profile));
    digits = '';
  };
  for (const stroke of strokes) {
    const digit = altDigit(stroke);
    if (digit !== null) {
      digits += digit;
      continue;
    }
    // The next number begins with Alt going down again.
    endNumber();
    if (isModifier(stroke)) continue;
    const chord = chordOf(stroke);
    const text = profile.separators.includes(chord) ? GS : textOf(stroke, profile);
    // An accent that waits for its letter is set free by Space, which is no character then.
    if (!(dead && text === ' ')) spelled.push({ text, chord });
    dead = isDeadCharacter(profile.layout, text);
  }
  endNumber();
  return spelled;
}

function spellNumber(digits: string, { separators }: Decoding): Spelled {
  const chord = `Alt+${digits}`;
  if (separators.includes(chord)) return { text: GS, chord };
  const byte = Number(digits);
  return { text: byte > 0 && byte <= BYTE_MAX ? String.fromCharCode(byte) : '', chord };
}

function textOf(stroke: KeyStroke, { layout }: Decoding): string {
  if (stroke.ctrl && !stroke.alt && !stroke.altGraph) {
    const letter = /^Key([A-Z])$/.exec(stroke.code)?.[1];
    return letter === undefined ? '' : String.fromCharCode(letter.charCodeAt(0) & CONTROL_BITS);
  }
  const character = characterOf(layout, stroke);
  if (character !== null) return character;
  // On-screen keyboards and some drivers name no key but say what they mean.
  return stroke.code === '' && [...stroke.key].length === 1 ? stroke.key : '';
}
