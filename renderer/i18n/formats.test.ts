import { expect, it } from 'vitest';
import { createFormats } from './formats.ts';

const plain = (text: string | null): string | null => text?.replace(/[\u00a0\u202f]/g, ' ') ?? null;
const MINUTE = 60_000;

it('writes money from minor units, with the digits of its currency', () => {
  expect(plain(createFormats('de').money(123_456, 'EUR'))).toBe('1.234,56 €');
  expect(plain(createFormats('en').money(1_500, 'JPY'))).toBe('¥1,500');
  expect(plain(createFormats('en').money(1_500, 'KWD'))).toBe('KWD 1.500');
});

it('writes ages in words, and nothing for a moment ago', () => {
  const { relative } = createFormats('ru');
  expect(relative(0, 3 * MINUTE)).toBe('3 минуты назад');
  expect(relative(0, 5 * 60 * MINUTE)).toBe('5 часов назад');
  expect(relative(2 * MINUTE, 0)).toBe('через 2 минуты');
  expect(relative(0, 4_000)).toBeNull();
});

it('writes sizes and durations', () => {
  const { bytes, duration } = createFormats('en');
  expect([0, 999, 1_500, 31_000, 155_000_000].map(bytes)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.5 kB',
    '31 kB',
    '155 MB',
  ]);
  expect([400, 12_300, 125_000].map(duration)).toEqual(['0.4 sec', '12 sec', '2 min 5 sec']);
});
