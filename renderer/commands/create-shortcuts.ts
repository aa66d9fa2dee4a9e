import type { Command } from './command.ts';
import { chordOf, singleKeyOf } from './key-press.ts';

/** A single key acts when it stayed alone for so much longer than a scanner waits: then it was not the first of a scan. */
const QUIET_EXTRA_MS = 20;
/** After this the first of two keys is forgotten. */
const SECOND_KEY_WITHIN_MS = 1_500;

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock']);
const TEXT_FIELDS =
  'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"]';

interface ShortcutOptions {
  commands: () => readonly Command[];
  areSingleKeysOn: () => boolean;
  /** Keys that follow each other within so many milliseconds are a scanner's. */
  scannerGapMs: () => number;
}

export interface Shortcuts {
  /** Of every key that goes down or up, before anybody takes it: finds out how fast they come. */
  onAnyKey: (event: KeyboardEvent) => void;
  /** Of keys that nobody else took. */
  onKeyDown: (event: KeyboardEvent) => void;
  stop: () => void;
}

/** Turns keys into commands; never what somebody types, never what a scanner types. */
export function createShortcuts(options: ShortcutOptions): Shortcuts {
  const { commands, areSingleKeysOn, scannerGapMs } = options;
  let lastKeyAt = -Infinity;
  let isBurst = false;
  let before: KeyboardEvent | null = null;
  let waiting: { timer: ReturnType<typeof setTimeout>; key: string } | null = null;

  const forgetWaiting = (): void => {
    if (waiting) clearTimeout(waiting.timer);
    waiting = null;
  };
  const runWhenQuiet = (command: Command, key: string): void => {
    const timer = setTimeout(() => {
      waiting = null;
      command.run();
    }, scannerGapMs() + QUIET_EXTRA_MS);
    waiting = { timer, key };
  };

  const onSingleKey = (event: KeyboardEvent): void => {
    const first = before && event.timeStamp - before.timeStamp <= SECOND_KEY_WITHIN_MS;
    const meant = singleKeyOf(commands(), event, first ? before : null);
    before = meant === 'first' ? event : null;
    if (meant === undefined) return;
    // Nor does the key land in a field that somebody focuses for it.
    event.preventDefault();
    if (meant !== 'first' && (meant.isEnabled?.() ?? true)) runWhenQuiet(meant, event.key);
  };

  return {
    onAnyKey: ({ type, key, repeat, timeStamp }) => {
      if (MODIFIERS.has(key) || repeat) return;
      if (type === 'keydown') {
        // Characters are what codes are made of: Escape and a shortcut may follow each other as fast as somebody likes.
        const isCharacter = key.length === 1;
        isBurst = isCharacter && timeStamp - lastKeyAt <= scannerGapMs();
        if (isCharacter) lastKeyAt = timeStamp;
        if (isBurst) before = null;
        forgetWaiting();
      } else if (waiting && waiting.key !== key) {
        // Somebody keeps the keys of a scan from us; that they come up again is seen all the same.
        forgetWaiting();
      }
    },
    onKeyDown: (event) => {
      if (event.defaultPrevented || event.isComposing || MODIFIERS.has(event.key)) return;
      const chord = chordOf(commands(), event);
      if (chord) {
        if (!(chord.isEnabled?.() ?? true)) return;
        // Also keeps the menu's same shortcut from acting a second time.
        event.preventDefault();
        if (!event.repeat) chord.run();
        return;
      }
      const isText = event.target instanceof Element && event.target.closest(TEXT_FIELDS) !== null;
      if (!areSingleKeysOn() || isText || isBurst || event.repeat || isDialogOpen()) return;
      onSingleKey(event);
    },
    stop: forgetWaiting,
  };
}

/** What a dialog asks comes first; keys mean nothing behind it. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}
