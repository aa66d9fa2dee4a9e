import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { changedPart } from './changed-part.ts';

it('finds the words that differ', () => {
  expect(changedPart('Bulk floor north', 'Bulk floor')).toEqual({
    before: 'Bulk floor ',
    changed: 'north',
    after: '',
  });
  expect(changedPart('Ladder is needed here', 'Ladder was needed here')).toEqual({
    before: 'Ladder ',
    changed: 'is',
    after: ' needed here',
  });
  expect(changedPart('same', 'same').changed).toBe('');
});

it('never loses or doubles a letter', () => {
  const word = fc.constantFrom('a', 'b', ' ', '  ');
  const text = fc.array(word, { maxLength: 8 }).map((words) => words.join(''));
  fc.assert(
    fc.property(text, text, (own, other) => {
      const { before, changed, after } = changedPart(own, other);
      expect(before + changed + after).toBe(own);
      if (own === other) expect(changed).toBe('');
    }),
  );
});
