import { expect, it } from 'vitest';
import { dayEnd, dayStart, lastDays } from './days.ts';

it('days follow each other without a gap, and today is the last', () => {
  const now = new Date(2026, 2, 30, 15, 20).getTime();
  const days = lastDays(now, 14);
  expect(days).toHaveLength(15);
  expect(days.at(-2)).toBe(new Date(2026, 2, 30).getTime());
  expect(days.at(-1)).toBe(new Date(2026, 2, 31).getTime());
  expect(days.map((at) => new Date(at).getHours())).toEqual(days.map(() => 0));
});

it('a day ends where the next begins', () => {
  expect(dayEnd('2026-03-29')).toBe(dayStart('2026-03-30'));
  expect(dayStart('2026-11-23')).toBe(new Date(2026, 10, 23).getTime());
});
