import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GS } from '../../shared/scan/group-separator.ts';
import type { KeyStroke } from '../../shared/scan/key-stroke.ts';
import { keyFor } from '../../shared/scan/scanner-layouts.ts';
import {
  DEFAULT_SCANNER,
  SCANNER_LAYOUTS,
  type ScannerProfile,
} from '../../shared/scan/scanner-profile.ts';
import type { ScanField } from './scan-field.ts';
import { ScanRouter } from './scan-router.ts';

/** A field and a router, with keys that do to the field what a browser would let them do. */
function bench(patch: Partial<ScannerProfile> = {}) {
  const profile = { ...DEFAULT_SCANNER, ...patch };
  const texts: string[] = [];
  const raws: string[] = [];
  const router = new ScanRouter({
    profile: () => profile,
    onScan: ({ text, raw }) => {
      texts.push(text);
      raws.push(raw);
    },
  });
  const state = { value: '', keeps: false, isFocused: true, enters: 0, orders: [] as string[] };
  let at = 0;
  const field: ScanField = {
    save: () => ({ value: state.value, start: state.value.length, end: state.value.length }),
    restore: ({ value }, typed) => {
      state.value = value + typed;
    },
    keepsScan: () => state.keeps,
    keepCode: (_, code) => {
      state.value = code;
    },
  };
  const down = (stroke: Partial<KeyStroke> & { code: string }, isRepeat = false) => {
    const whole: KeyStroke = {
      key: '',
      shift: false,
      alt: false,
      ctrl: false,
      altGraph: false,
      at,
      ...stroke,
    };
    const target = state.isFocused ? field : null;
    if (router.keyDown(whole, target, isRepeat) === 'swallow') return;
    if (whole.code === 'Enter' || whole.code === 'Tab') state.enters++;
    else if (whole.code === 'AltLeft') return;
    else if (whole.ctrl || whole.alt || whole.code.startsWith('F')) state.orders.push(whole.code);
    else if (!state.isFocused) state.orders.push(whole.key);
    else if (whole.key.length === 1) state.value += whole.key;
  };
  const press = (stroke: Partial<KeyStroke> & { code: string }, gap: number) => {
    at += gap;
    down(stroke);
    router.keyUp(stroke.code);
  };
  /** What the laptop's layout, US here, makes of the keys of the scanner's. */
  const plan = (character: string) => {
    const key = keyFor(profile.layout, character);
    if (!key) throw new Error(`no key for ${character}`);
    return { ...key, key: character };
  };
  const type = (text: string, gap: number) => {
    for (const character of text) press(plan(character), gap);
  };
  return {
    router,
    texts,
    raws,
    state,
    press,
    down,
    type,
    plan,
    pass: (ms: number) => {
      at += ms;
    },
    scan: (text: string, gap = 5) => {
      type(text, gap);
      if (profile.suffix !== 'none') press({ code: profile.suffix, key: profile.suffix }, gap);
    },
  };
}

describe('F1: keys become scans wherever the focus is', () => {
  it('F1: with a field, without one, and one after the other with no pause', () => {
    const { scan, texts, state } = bench();
    scan('4006381333931');
    state.isFocused = false;
    scan('A-01-b');
    state.isFocused = true;
    scan('xyz9');
    expect(texts).toEqual(['4006381333931', 'A-01-b', 'xyz9']);
    expect(state).toMatchObject({ value: '', enters: 0 });
  });

  it('F1: a person who types keeps every letter and every Enter', () => {
    const { type, press, texts, state } = bench();
    type('hello', 90);
    press({ code: 'Enter', key: 'Enter' }, 90);
    type('ab', 20);
    press({ code: 'Enter', key: 'Enter' }, 20);
    expect(state).toMatchObject({ value: 'helloab', enters: 2 });
    expect(texts).toEqual([]);
  });

  it('F1: a key that is held until it repeats is a finger', () => {
    const { down, pass, press, texts, state } = bench();
    for (let count = 0; count < 20; count++) {
      pass(30);
      down({ code: 'KeyA', key: 'a' }, count > 0);
    }
    press({ code: 'Enter', key: 'Enter' }, 30);
    expect(texts).toEqual([]);
    expect(state).toMatchObject({ value: 'a'.repeat(20), enters: 1 });
  });

  it('F1: what a scanner sends after its end key is no Enter of a person', () => {
    const { scan, press, texts, state } = bench();
    scan('4006381333931');
    press({ code: 'Enter', key: 'Enter' }, 5);
    press({ code: 'KeyJ', key: 'j', ctrl: true }, 5);
    press({ code: 'Tab', key: 'Tab' }, 5);
    scan('4006381333948');
    press({ code: 'Enter', key: 'Enter' }, 300);
    expect(texts).toEqual(['4006381333931', '4006381333948']);
    expect(state).toMatchObject({ enters: 1, orders: [] });
  });

  it('F1: a scanner without an end key is framed by the pause', () => {
    const { scan, pass, router, texts, state } = bench({ suffix: 'none' });
    scan('12345678');
    pass(200);
    scan('87654321');
    expect(texts).toEqual(['12345678']);
    router.pause();
    expect(texts).toEqual(['12345678', '87654321']);
    expect(state.value).toBe('');
  });

  it('F1: with a prefix only what follows it is the code, and nothing else is a scan', () => {
    const { scan, texts, raws, state } = bench({ prefix: '~#' });
    scan('~#12345');
    scan('12345');
    expect(texts).toEqual(['12345']);
    expect(raws).toEqual(['~#12345']);
    expect(state).toMatchObject({ value: '12345', enters: 1 });
  });

  it('F1: keys of a scan are no orders to the app', () => {
    const { scan, press, type, texts, state } = bench();
    state.isFocused = false;
    scan('n / 12');
    // The first two could be a person's.
    expect(state.orders).toEqual(['n', ' ']);
    type('0104', 5);
    press({ code: 'F8', key: 'F8' }, 5);
    press({ code: 'KeyC', key: 'c', ctrl: true }, 5);
    press({ code: 'Enter', key: 'Enter' }, 5);
    expect(state.orders).toEqual(['n', ' ', '0', '1']);
    expect(texts.at(-1)).toBe(`0104${GS}\u0003`);
  });

  it('F1: an endless burst is no scan and costs no memory', () => {
    const { type, press, texts, state } = bench();
    type('7'.repeat(5_000), 1);
    press({ code: 'Enter', key: 'Enter' }, 1);
    expect(texts).toEqual([]);
    expect(state).toMatchObject({ value: '7'.repeat(5_000), enters: 1 });
  });
});

describe('C1: fast scans one after the other', () => {
  it('C1: 10,000 scans at 5 ms per key are framed once each, and none is typed into the field', () => {
    const { scan, texts, state } = bench();
    state.value = 'half a word';
    const codes = Array.from({ length: 10_000 }, (_, at) => `SKU-${at}-aB`);
    for (const code of codes) scan(code);
    expect(texts).toEqual(codes);
    expect(state).toMatchObject({ value: 'half a word', enters: 0 });
  });
});

describe('C4: the scan goes to the task, wherever the cursor is', () => {
  it('C4: a field that asks for codes keeps the code and hears the end key', () => {
    const { scan, texts, state } = bench();
    state.keeps = true;
    state.value = 'old';
    scan(']C0LOC:A-01');
    expect(state).toMatchObject({ value: 'A-01', enters: 1 });
    expect(texts).toEqual([]);
  });

  it('C4: a field that a key of the scan moves to is put back as well', () => {
    const { press, type, router, texts, state } = bench();
    const other = { value: 'kept', saves: 0 };
    const elsewhere: ScanField = {
      save: () => ({ value: (other.saves++, other.value), start: 4, end: 4 }),
      restore: ({ value }, typed) => {
        other.value = value + typed;
      },
      keepsScan: () => false,
      keepCode: () => undefined,
    };
    state.isFocused = false;
    type('1', 5);
    router.focusMoved(elsewhere);
    other.value += '1';
    type('234', 5);
    press({ code: 'Enter', key: 'Enter' }, 5);
    expect(texts).toEqual(['1234']);
    expect(other.value).toBe('kept');
  });
});

describe('C5: a scan inside a field leaves it as it was', () => {
  it('C5: and what a person types while the scan comes stays', () => {
    const { type, press, down, pass, router, plan, texts, state } = bench();
    type('ab', 120);
    pass(80);
    // A finger goes down just before the scanner starts and comes up in the middle of the code.
    down(plan('x'));
    type('40063', 5);
    router.keyUp('KeyX');
    type('81333931', 5);
    press({ code: 'Enter', key: 'Enter' }, 5);
    expect(texts).toEqual(['4006381333931']);
    expect(state).toMatchObject({ value: 'abx', enters: 0 });
  });

  it('C5: where no key is ever seen to come up, all of them are the scanner’s', () => {
    const { down, pass, plan, texts } = bench();
    for (const character of '4006381333931') {
      pass(5);
      down(plan(character));
    }
    pass(5);
    down({ code: 'Enter', key: 'Enter' });
    expect(texts).toEqual(['4006381333931']);
  });
});

describe('C6: the scanner’s own layout', () => {
  it('F2, C6: any text comes out as it is on the label, whatever the laptop makes of the keys', () => {
    const layout = fc.constantFrom(...SCANNER_LAYOUTS);
    const text = fc.string({
      minLength: 4,
      maxLength: 40,
      unit: fc.constantFrom(...Array.from(PRINTABLE)),
    });
    fc.assert(
      fc.property(layout, text, fc.constantFrom('Dead', 'Process', 'й'), (spoken, code, key) => {
        const { press, plan, texts } = bench({ layout: spoken });
        for (const character of code) press({ ...plan(character), key }, 5);
        press({ code: 'Enter', key: 'Enter' }, 5);
        expect(texts).toEqual([code]);
      }),
    );
  });
});

/** What codes are made of, as far as every layout has a key for it that waits for no other. */
const PRINTABLE =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/:;.,_()%&+*=?!"\'$#@';

describe('C7: the separator in its disguises', () => {
  it.each([
    ['F8', [{ code: 'F8', key: 'F8' }]],
    ['Control+BracketRight', [{ code: 'BracketRight', key: ']', ctrl: true }]],
    [
      'Alt+029',
      [
        { code: 'AltLeft', key: 'Alt', alt: true },
        { code: 'Numpad0', key: '0', alt: true },
        { code: 'Numpad2', key: '2', alt: true },
        { code: 'Numpad9', key: '9', alt: true },
      ],
    ],
  ])('C7: %s', (_, keys) => {
    const { type, press, texts, state } = bench();
    type('10AB', 5);
    for (const key of keys) press(key, 5);
    type('21X', 5);
    press({ code: 'Enter', key: 'Enter' }, 5);
    expect(texts).toEqual([`10AB${GS}21X`]);
    expect(state).toMatchObject({ value: '', orders: [] });
  });
});
