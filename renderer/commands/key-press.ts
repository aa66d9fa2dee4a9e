import { type KeybindingPress, matchKeybindingPress, parseKeybinding } from 'tinykeys';
import type { Command } from './command.ts';

const COMMANDING = new Set(['Control', 'Meta', 'Alt']);

interface Keys {
  first: KeybindingPress;
  /** Of two keys one after the other, as `g h`. */
  second: KeybindingPress | undefined;
  /** Pressed together with Control, Alt or ⌘, so that it is no text in any field. */
  isChord: boolean;
}

const parsed = new Map<string, Keys>();

/** Key texts are constants of the code, so there are no more of them than commands. */
function keysOf(text: string): Keys {
  let keys = parsed.get(text);
  if (!keys) {
    const [first, second] = parseKeybinding(text);
    if (!first) throw new Error('A command has empty keys.');
    keys = { first, second, isChord: first[0].some((modifier) => COMMANDING.has(modifier)) };
    parsed.set(text, keys);
  }
  return keys;
}

/** The newest command whose one press of several keys together this is. */
export function chordOf(commands: readonly Command[], event: KeyboardEvent): Command | undefined {
  return commands.findLast(({ keys }) => {
    const pressed = keys === undefined ? undefined : keysOf(keys);
    return pressed?.isChord === true && matchKeybindingPress(event, pressed.first);
  });
}

/** What a key that stands for itself means, after `before` or as the first of two. */
export function singleKeyOf(
  commands: readonly Command[],
  event: KeyboardEvent,
  before: KeyboardEvent | null,
): Command | 'first' | undefined {
  const singles = commands.flatMap((command) => {
    const keys = command.keys === undefined ? undefined : keysOf(command.keys);
    return keys && !keys.isChord ? [{ command, ...keys }] : [];
  });
  const found = singles.findLast(({ first, second }) =>
    second && before
      ? matchKeybindingPress(before, first) && matchKeybindingPress(event, second)
      : !second && !before && matchKeybindingPress(event, first),
  );
  if (found) return found.command;
  const isFirst = singles.some(({ first, second }) => second && matchKeybindingPress(event, first));
  return isFirst ? 'first' : undefined;
}
