import { describe, expect, it } from 'vitest';
import { GS } from './group-separator.ts';
import type { KeyStroke } from './key-stroke.ts';
import { CALIBRATION_TEXT, learnProfile } from './learn-profile.ts';
import { keyFor } from './scanner-layouts.ts';
import { SCANNER_LAYOUTS, type ScannerProfile } from './scanner-profile.ts';

const GAP = 8;

function stroke(key: Partial<KeyStroke> & { code: string }): KeyStroke {
  return { key: '', shift: false, alt: false, ctrl: false, altGraph: false, at: 0, ...key };
}

const SEPARATORS: Readonly<Record<string, readonly KeyStroke[]>> = {
  F8: [stroke({ code: 'F8' })],
  'Control+BracketRight': [
    stroke({ code: 'ControlLeft', ctrl: true }),
    stroke({ code: 'BracketRight', ctrl: true }),
  ],
  'Alt+029': [
    stroke({ code: 'AltLeft', alt: true }),
    ...['0', '2', '9'].map((digit) => stroke({ code: `Numpad${digit}`, alt: true })),
  ],
  none: [],
};

/** The keys of a scanner, with Shift going down where it does. */
function keysOf(
  text: string,
  layout: ScannerProfile['layout'],
  separator: readonly KeyStroke[],
): KeyStroke[] {
  const strokes = Array.from(text).flatMap((character) => {
    if (character === GS) return separator;
    const key = keyFor(layout, character);
    if (!key) throw new Error(`no key for ${character}`);
    const whole = stroke(key);
    return key.shift ? [stroke({ code: 'ShiftLeft', shift: true }), whole] : [whole];
  });
  return strokes.map((each, at) => ({ ...each, at: at * GAP }));
}

describe.each(SCANNER_LAYOUTS)('C6: a scanner that speaks %s', (layout) => {
  it.each(Object.keys(SEPARATORS))('C7: is known by one barcode, its separator %s too', (chord) => {
    const keys = keysOf(CALIBRATION_TEXT, layout, SEPARATORS[chord] ?? []);
    expect(learnProfile([...keys, stroke({ code: 'Enter', at: keys.length * GAP })])).toEqual({
      layout,
      prefix: '',
      suffix: 'Enter',
      separators: chord === 'none' ? [] : [chord],
      gapMs: 3 * GAP,
    });
  });

  it('C6: with its prefix, without the mark of the symbol, and with its end key', () => {
    const keys = keysOf(`%:]d2${CALIBRATION_TEXT}`, layout, SEPARATORS['F8'] ?? []);
    expect(learnProfile([...keys, stroke({ code: 'Tab', at: keys.length * GAP })])).toMatchObject({
      layout,
      prefix: '%:',
      suffix: 'Tab',
    });
    expect(learnProfile(keys)).toMatchObject({ layout, suffix: 'none' });
  });
});

it('C6: another barcode teaches nothing', () => {
  expect(learnProfile(keysOf('4006381333931', 'us', []))).toBeNull();
  expect(learnProfile([])).toBeNull();
});
