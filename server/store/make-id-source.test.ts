import { version } from 'uuid';
import { expect, it } from 'vitest';
import { makeIdSource } from './make-id-source.ts';

it('makes ascending, different UUIDv7s even if the clock stands still or goes back', () => {
  let clock = 1_700_000_000_000;
  const newId = makeIdSource(() => clock);
  const ids = Array.from({ length: 2_000 }, (_, at) => {
    if (at % 500 === 0) clock -= 10;
    return newId();
  });
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => version(id) === 7)).toBe(true);
});
