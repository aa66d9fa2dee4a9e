/** A key that went down, as far as scanning cares. */
export interface KeyStroke {
  /** The key's place on the keyboard, whatever is printed on it: `KeyZ`, `Digit1`, `Numpad0`. */
  code: string;
  /** What the laptop made of it. */
  key: string;
  shift: boolean;
  alt: boolean;
  ctrl: boolean;
  altGraph: boolean;
  /** Milliseconds on any steady clock, when the key was pressed; not when the event was served. */
  at: number;
}

/** Keys that change what others mean and mean nothing themselves. */
const MODIFIERS: ReadonlySet<string> = new Set([
  'ShiftLeft',
  'ShiftRight',
  'ControlLeft',
  'ControlRight',
  'AltLeft',
  'AltRight',
  'MetaLeft',
  'MetaRight',
  'CapsLock',
]);

export function isModifier({ code }: KeyStroke): boolean {
  return MODIFIERS.has(code);
}

/** AltGr comes as Ctrl+Alt on Windows. */
export function isAltGraph({ altGraph, ctrl, alt }: KeyStroke): boolean {
  return altGraph || (ctrl && alt);
}

/** The digit of an Alt+number sequence; null if the stroke is none. */
export function altDigit(stroke: KeyStroke): string | null {
  if (!stroke.alt || stroke.ctrl) return null;
  return /^Numpad(\d)$/.exec(stroke.code)?.[1] ?? null;
}

/** `F8`, `Control+BracketRight`: how a scanner profile names what stands for a separator. */
export function chordOf({ code, ctrl, alt, shift }: KeyStroke): string {
  return `${ctrl ? 'Control+' : ''}${alt ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${code}`;
}
