import { expect, it } from 'vitest';
import { isSuspect } from './is-suspect.ts';

it('C3: the same code again within the quiet period is a suspect, and nothing else is', () => {
  const first = { text: '4006381333931', at: 10_000 };
  expect(isSuspect(first, { ...first, at: 10_500 }, 500)).toBe(true);
  expect(isSuspect(first, { ...first, at: 10_501 }, 500)).toBe(false);
  expect(isSuspect(first, { text: '4006381333948', at: 10_100 }, 500)).toBe(false);
  expect(isSuspect(null, first, 500)).toBe(false);
  expect(isSuspect(first, { ...first, at: 10_000 }, 0)).toBe(false);
  expect(isSuspect(first, { ...first, at: 9_900 }, 500)).toBe(false);
});
