import { setTimeout as sleep } from 'node:timers/promises';
import type { Keyboard } from 'playwright-core';
import { must } from '../shared/domain/assert.ts';

const KEY_MS_MIN = 60;
const KEY_MS_MAX = 120;
/** Looking at what was found. */
const LOOK_MS_MIN = 400;
const LOOK_MS_MAX = 900;

interface Typist {
  random: () => number;
  /** Asked before each text. */
  goesOn: () => boolean;
}

/**
 * Types texts, each after clearing the one before with Escape. Nobody's fingers wait for a screen: a key is pressed when its
 * time has come, whether the one before has been dealt with or not. Returns which of the presses ended a text.
 */
export async function typeLikeAPerson(
  keyboard: Keyboard,
  texts: Iterator<string, undefined>,
  { random, goesOn }: Typist,
): Promise<readonly number[]> {
  const between = (min: number, max: number): number => min + random() * (max - min);
  const ends: number[] = [];
  const pressed: Promise<void>[] = [];
  let dueAt = performance.now();
  const pressNext = async (key: string, waitMs: number): Promise<void> => {
    await sleep(Math.max(0, dueAt - performance.now()));
    const press = keyboard.press(key);
    // Told at the end, together with the others.
    press.catch(() => undefined);
    pressed.push(press);
    dueAt += waitMs;
  };
  while (goesOn()) {
    const text = must(texts.next().value, 'another text');
    for (const [place, character] of [...text].entries()) {
      const isLast = place === text.length - 1;
      if (isLast) ends.push(pressed.length);
      await pressNext(
        character,
        isLast ? between(LOOK_MS_MIN, LOOK_MS_MAX) : between(KEY_MS_MIN, KEY_MS_MAX),
      );
    }
    await pressNext('Escape', between(KEY_MS_MIN, KEY_MS_MAX));
  }
  await Promise.all(pressed);
  return ends;
}
