import { expect, it } from 'vitest';
import { greetingOf } from './greeting.ts';

it('greets by the hour', () => {
  expect([0, 3, 4, 11, 12, 17, 18, 23].map(greetingOf)).toEqual([
    'evening',
    'evening',
    'morning',
    'morning',
    'afternoon',
    'afternoon',
    'evening',
    'evening',
  ]);
});
