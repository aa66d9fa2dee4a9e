import { isAltGraph, type KeyStroke } from './key-stroke.ts';
import type { ScannerProfile } from './scanner-profile.ts';

export type ScannerLayout = ScannerProfile['layout'];

/** The keys that differ between layouts, row by row from the top left; the texts below follow this order. */
const CODES = [
  'Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal',
  'KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight',
  'KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backslash',
  'IntlBackslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash',
].flatMap((row) => row.split(' '));

interface LayoutTexts {
  plain: string;
  shift: string;
  /** What AltGr makes, as pairs of key and character. */
  altGraph?: Readonly<Record<string, string>> | undefined;
  altGraphShift?: Readonly<Record<string, string>> | undefined;
  /** Accents that wait for the next key; Space sets them free. */
  dead?: string | undefined;
}

const LAYOUTS: Readonly<Record<ScannerLayout, LayoutTexts>> = {
  us: {
    plain: "`1234567890-=qwertyuiop[]asdfghjkl;'\\\\zxcvbnm,./",
    shift: '~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"||ZXCVBNM<>?',
  },
  uk: {
    plain: "`1234567890-=qwertyuiop[]asdfghjkl;'#\\zxcvbnm,./",
    shift: '¬!"£$%^&*()_+QWERTYUIOP{}ASDFGHJKL:@~|ZXCVBNM<>?',
    altGraph: { Backquote: '¦', Digit4: '€' },
  },
  de: {
    plain: '^1234567890ß´qwertzuiopü+asdfghjklöä#<yxcvbnm,.-',
    shift: '°!"§$%&/()=?`QWERTZUIOPÜ*ASDFGHJKLÖÄ\'>YXCVBNM;:_',
    altGraph: {
      Digit2: '²',
      Digit3: '³',
      Digit7: '{',
      Digit8: '[',
      Digit9: ']',
      Digit0: '}',
      Minus: '\\',
      KeyQ: '@',
      KeyE: '€',
      BracketRight: '~',
      IntlBackslash: '|',
      KeyM: 'µ',
    },
    dead: '^´`',
  },
  fr: {
    plain: '²&é"\'(-è_çà)=azertyuiop^$qsdfghjklmù*<wxcvbn,;:!',
    shift: '²1234567890°+AZERTYUIOP¨£QSDFGHJKLM%µ>WXCVBN?./§',
    altGraph: {
      Digit2: '~',
      Digit3: '#',
      Digit4: '{',
      Digit5: '[',
      Digit6: '|',
      Digit7: '`',
      Digit8: '\\',
      Digit9: '^',
      Digit0: '@',
      Minus: ']',
      Equal: '}',
      KeyE: '€',
      BracketRight: '¤',
    },
    dead: '^¨',
  },
  es: {
    plain: "º1234567890'¡qwertyuiop`+asdfghjklñ´ç<zxcvbnm,.-",
    shift: 'ª!"·$%&/()=?¿QWERTYUIOP^*ASDFGHJKLÑ¨Ç>ZXCVBNM;:_',
    altGraph: {
      Backquote: '\\',
      Digit1: '|',
      Digit2: '@',
      Digit3: '#',
      Digit4: '~',
      Digit6: '¬',
      KeyE: '€',
      BracketLeft: '[',
      BracketRight: ']',
      Quote: '{',
      Backslash: '}',
    },
    dead: '`^´¨~',
  },
  it: {
    plain: "\\1234567890'ìqwertyuiopè+asdfghjklòàù<zxcvbnm,.-",
    shift: '|!"£$%&/()=?^QWERTYUIOPé*ASDFGHJKLç°§>ZXCVBNM;:_',
    altGraph: { KeyE: '€', BracketLeft: '[', BracketRight: ']', Semicolon: '@', Quote: '#' },
    altGraphShift: { BracketLeft: '{', BracketRight: '}' },
  },
};

/** Keys that are the same everywhere. */
const COMMON: Readonly<Record<string, string>> = {
  Space: ' ',
  NumpadAdd: '+',
  NumpadSubtract: '-',
  NumpadMultiply: '*',
  NumpadDivide: '/',
  NumpadDecimal: '.',
  ...Object.fromEntries(Array.from('0123456789', (digit) => [`Numpad${digit}`, digit])),
};

interface Keys {
  plain: ReadonlyMap<string, string>;
  shift: ReadonlyMap<string, string>;
  altGraph: ReadonlyMap<string, string>;
  altGraphShift: ReadonlyMap<string, string>;
}

const KEYS = new Map(
  Object.entries(LAYOUTS).map(([layout, texts]): [string, Keys] => [
    layout,
    {
      plain: rowsOf(texts.plain),
      shift: rowsOf(texts.shift),
      altGraph: new Map(Object.entries(texts.altGraph ?? {})),
      altGraphShift: new Map(Object.entries(texts.altGraphShift ?? {})),
    },
  ]),
);

function rowsOf(characters: string): ReadonlyMap<string, string> {
  const keys = new Map(CODES.map((code, at) => [code, characters.charAt(at)]));
  for (const [code, character] of Object.entries(COMMON)) keys.set(code, character);
  return keys;
}

function levelOf(keys: Keys, shift: boolean, altGraph: boolean): ReadonlyMap<string, string> {
  if (altGraph) return shift ? keys.altGraphShift : keys.altGraph;
  return shift ? keys.shift : keys.plain;
}

/** The character that a keyboard of a layout makes of a key; null if the key makes none. */
export function characterOf(layout: ScannerLayout, stroke: KeyStroke): string | null {
  const keys = KEYS.get(layout);
  const level = keys && levelOf(keys, stroke.shift, isAltGraph(stroke));
  return level?.get(stroke.code) ?? null;
}

export function isDeadCharacter(layout: ScannerLayout, character: string): boolean {
  return LAYOUTS[layout].dead?.includes(character) ?? false;
}

export type PlannedKey = Pick<KeyStroke, 'code' | 'shift' | 'altGraph'>;

/** The key that makes a character on a keyboard of a layout; null if none does. */
export function keyFor(layout: ScannerLayout, character: string): PlannedKey | null {
  const keys = KEYS.get(layout);
  for (const altGraph of [false, true]) {
    for (const shift of [false, true]) {
      for (const [code, made] of keys ? levelOf(keys, shift, altGraph) : []) {
        if (made === character) return { code, shift, altGraph };
      }
    }
  }
  return null;
}
