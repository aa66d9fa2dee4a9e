import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineEntity } from '../../shared/entities/define-entity.ts';
import { lastWriteWins } from '../../shared/sync/patterns/last-write-wins.ts';

function define(columns: Record<string, z.ZodType>, scope: 'catalogue' | 'site' = 'catalogue') {
  return defineEntity({
    name: 'thing',
    scope,
    pattern: lastWriteWins(),
    schema: z.strictObject({ id: z.uuid(), ...columns }),
  });
}

/** Beside the id. */
function manyColumns(count: number): Record<string, z.ZodType> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`c${at}`, z.string()]));
}

describe('an entity is refused when the app loads', () => {
  test('if it has more than 50 columns', () => {
    expect(define(manyColumns(49)).columns).toHaveLength(50);
    expect(() => define(manyColumns(50))).toThrow('thing: too many columns');
  });

  test('if it is of a site and does not say of which', () => {
    expect(() => define({}, 'site')).toThrow('thing: an entity of a site scope needs site_id');
    expect(define({ site_id: z.uuid() }, 'site').scope).toBe('site');
  });

  test.each([
    ['a date', z.date()],
    ['an object', z.strictObject({ a: z.string() })],
    ['what need not be there', z.string().optional()],
  ])('if a column is %s, which cannot be stored', (_, type) => {
    expect(() => define({ odd: type })).toThrow('thing.odd: cannot store');
  });
});
