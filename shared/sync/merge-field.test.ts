import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeField } from './merge-field.ts';
import type { FieldPolicy } from './patterns/sync-pattern.ts';

const POLICIES: readonly FieldPolicy[] = ['ask', 'lww', 'server', 'derived', 'max', 'min', 'set'];
const value = fc.oneof(fc.constantFrom(null, '', '["a"]', '["b","a"]', 'text'), fc.integer());
const policy = fc.constantFrom(...POLICIES);

describe('whatever the policy', () => {
  test('a field that nobody else changed is as the person made it', () => {
    fc.assert(
      fc.property(policy, value, value, (any, from, to) => {
        fc.pre(any !== 'derived');
        expect(mergeField(any, { from, to, current: from })).toEqual({ kind: 'clean', value: to });
      }),
    );
  });

  test('a field that the person left alone is as the others made it', () => {
    fc.assert(
      fc.property(policy, value, value, (any, from, current) => {
        expect(mergeField(any, { from, to: from, current })).toEqual({
          kind: 'clean',
          value: current,
        });
      }),
    );
  });

  test('the same change by both is no conflict', () => {
    fc.assert(
      fc.property(policy, value, value, (any, from, to) => {
        expect(mergeField(any, { from, to, current: to })).toEqual({ kind: 'clean', value: to });
      }),
    );
  });
});

test('a derived field is as the server has it, whatever a laptop says', () => {
  fc.assert(
    fc.property(value, value, value, (from, to, current) => {
      expect(mergeField('derived', { from, to, current })).toMatchObject({ value: current });
    }),
  );
});

describe('of two different changes', () => {
  const edit = { from: 1, to: 5, current: 9 };

  test.each([
    ['ask', { kind: 'conflict' }],
    ['lww', { kind: 'merged', value: 5 }],
    ['server', { kind: 'merged', value: 9 }],
    ['max', { kind: 'merged', value: 9 }],
    ['min', { kind: 'merged', value: 5 }],
  ] as const)('%s decides', (by, merge) => {
    expect(mergeField(by, edit)).toEqual(merge);
  });

  test('a number is known better than none', () => {
    expect(mergeField('max', { from: 1, to: null, current: -9 })).toMatchObject({ value: -9 });
    expect(mergeField('min', { from: 1, to: 9, current: null })).toMatchObject({ value: 9 });
  });

  test('max and min are the same in whichever order the two arrive', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<FieldPolicy>('max', 'min'),
        fc.integer(),
        fc.integer(),
        fc.integer(),
        (by, from, mine, theirs) => {
          fc.pre(new Set([from, mine, theirs]).size === 3);
          const here = mergeField(by, { from, to: mine, current: theirs });
          expect(here).toEqual(mergeField(by, { from, to: theirs, current: mine }));
        },
      ),
    );
  });
});

describe('sets', () => {
  const set = (...members: string[]) => JSON.stringify(members);

  test('keep what both added and lose what either removed', () => {
    const merge = mergeField('set', {
      from: set('a', 'b', 'c'),
      to: set('a', 'b', 'mine'),
      current: set('b', 'c', 'theirs'),
    });
    expect(merge).toEqual({ kind: 'merged', value: set('b', 'mine', 'theirs') });
  });

  test('take text that is no set for one member', () => {
    expect(mergeField('set', { from: null, to: 'loose', current: set('a') })).toMatchObject({
      value: set('a', 'loose'),
    });
    expect(mergeField('set', { from: '', to: '{"no":1}', current: 'other' })).toMatchObject({
      value: set('other', '{"no":1}'),
    });
  });
});
