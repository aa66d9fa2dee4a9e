import type { Locator, Page } from 'playwright-core';
import { addMockScanner, scanInPage } from './mock-scanner-script.ts';

/** More than there is on any screen to go through with Tab. */
const TABS_MAX = 80;
/** Slower than any scanner, whose keys are taken for a scan; quicker than most people. */
const MS_PER_KEY = 80;

/** Somebody who has a keyboard, a scanner that types, and no mouse. */
export interface KeyboardPerson {
  /** The letter after `g`. */
  goTo: (letter: string) => Promise<void>;
  /** By Tab, as often as it takes. */
  tabTo: (target: Locator) => Promise<void>;
  /** Tab to it, and Enter. */
  press: (target: Locator) => Promise<void>;
  type: (text: string) => Promise<void>;
  /** As a keyboard-wedge scanner does: all keys at once, and Enter. */
  scan: (text: string) => Promise<void>;
}

export async function keyboardPerson(page: Page): Promise<KeyboardPerson> {
  await addMockScanner(page);
  const { keyboard } = page;
  const pressKey = async (key: string): Promise<void> => {
    await page.waitForTimeout(MS_PER_KEY);
    await keyboard.press(key);
  };
  const hasFocus = async (target: Locator): Promise<boolean> =>
    (await target.and(page.locator(':focus')).count()) > 0;
  const tabTo = async (target: Locator): Promise<void> => {
    await target.waitFor();
    for (let presses = 0; presses < TABS_MAX; presses++) {
      if (await hasFocus(target)) return;
      await pressKey('Tab');
    }
    throw new Error(`Tab does not lead to ${target.toString()}.`);
  };
  const type = (text: string): Promise<void> => keyboard.type(text, { delay: MS_PER_KEY });
  return {
    goTo: async (letter) => {
      // A single key is an order only where nobody types.
      await page.evaluate('document.activeElement?.blur()');
      await type(`g${letter}`);
    },
    tabTo,
    press: async (target) => {
      await tabTo(target);
      await pressKey('Enter');
    },
    type,
    scan: (text) => scanInPage(page, text),
  };
}
