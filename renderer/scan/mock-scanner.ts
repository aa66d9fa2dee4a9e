import { GS } from '../../shared/scan/group-separator.ts';
import { keyFor } from '../../shared/scan/scanner-layouts.ts';
import type { ScannerProfile } from '../../shared/scan/scanner-profile.ts';
import { scanFieldOf } from './scan-field.ts';

/** A key of a scanner, with the keys that are held meanwhile. */
interface MockKey {
  code: string;
  key: string;
  shift?: boolean | undefined;
  ctrl?: boolean | undefined;
  alt?: boolean | undefined;
  altGraph?: boolean | undefined;
}

interface MockScannerOptions {
  page: Window;
  profile: Pick<ScannerProfile, 'layout' | 'prefix' | 'suffix' | 'separators'>;
  msPerKey: number;
}

export interface MockScanner {
  /** Types a code as a scanner would, into whatever has the focus. All keys are served when it returns. */
  scan: (text: string) => void;
  /** The same without prefix and suffix: at a slow pace, a person. */
  type: (text: string) => void;
  /** Lets time go by before the next key. */
  wait: (ms: number) => void;
}

/**
 * Plays a keyboard-wedge scanner with key events of its own, at a pace that their time stamps tell, whatever the machine does.
 * What a browser would do about a key is done here, because a page's own events do nothing by themselves.
 */
export function createMockScanner({ page, profile, msPerKey }: MockScannerOptions): MockScanner {
  let at = page.performance.now();
  const press = (key: MockKey): void => {
    const target = page.document.activeElement ?? page.document.body;
    at += msPerKey;
    if (dispatchKey(target, 'keydown', { key, at })) {
      typeInto(page.document.activeElement, key);
    }
    dispatchKey(target, 'keyup', { key, at: at + msPerKey / 2 });
  };
  return {
    scan: (text) => {
      for (const key of keysOf(text, profile)) press(key);
    },
    type: (text) => {
      for (const character of text) press(keyOf(character, profile.layout));
    },
    wait: (ms) => {
      at += ms;
    },
  };
}

/** The keys that make a text, with prefix and suffix. */
function* keysOf(text: string, profile: MockScannerOptions['profile']): Generator<MockKey> {
  for (const character of profile.prefix + text) {
    if (character === GS) yield* separatorKeys(profile.separators[0] ?? '');
    else yield keyOf(character, profile.layout);
  }
  if (profile.suffix !== 'none') yield { code: profile.suffix, key: profile.suffix };
}

function keyOf(character: string, layout: ScannerProfile['layout']): MockKey {
  const planned = keyFor(layout, character);
  if (planned) return { ...planned, key: character };
  throw new Error(`A keyboard of the layout ${layout} has no key for ${character}`);
}

/** `F8`, `Control+BracketRight` or `Alt+029`. Nothing for a scanner that sends none. */
function* separatorKeys(chord: string): Generator<MockKey> {
  if (chord === '') return;
  const number = /^Alt\+(\d+)$/.exec(chord)?.[1];
  if (number !== undefined) {
    yield { code: 'AltLeft', key: 'Alt', alt: true };
    for (const digit of number) yield { code: `Numpad${digit}`, key: digit, alt: true };
    return;
  }
  const parts = chord.split('+');
  yield {
    code: parts.at(-1) ?? '',
    key: parts.at(-1) ?? '',
    ctrl: parts.includes('Control'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift'),
  };
}

/** Gives false if somebody prevented what the key would do. */
function dispatchKey(
  target: Element,
  type: 'keydown' | 'keyup',
  { key, at }: { key: MockKey; at: number },
): boolean {
  const event = new KeyboardEvent(type, {
    code: key.code,
    key: key.key,
    shiftKey: key.shift ?? false,
    // AltGr is told as Windows tells it.
    ctrlKey: key.ctrl ?? key.altGraph ?? false,
    altKey: key.alt ?? key.altGraph ?? false,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  Object.defineProperty(event, 'timeStamp', { value: at });
  return target.dispatchEvent(event);
}

/** Characters go into text fields, Enter sends the form. */
function typeInto(focused: Element | null, { key, ctrl, alt }: MockKey): void {
  const field = scanFieldOf(focused);
  if (!field || ctrl || alt) return;
  if (key === 'Enter' && focused instanceof HTMLInputElement) focused.form?.requestSubmit();
  else if (key.length === 1) field.restore(field.save(), key);
}
