import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSearchQuery } from './search-query.ts';
import { ranked } from './search-ranking.ts';

function order(text: string, candidates: readonly (readonly [name: string, sku?: string])[]) {
  return ranked(
    parseSearchQuery(text),
    candidates.map(([name, sku = ''], localId) => ({ localId, name, sku })),
  ).map(({ name }) => name);
}

test('the SKU, the very name, a name that begins so, whole words, beginnings of words, other texts', () => {
  const best = [
    'Sealing ring',
    'Bolt M8',
    'Bolt M8 zinc plated',
    'Bolt M8x40',
    'Hexagon bolt, M8',
    'Hexagon bolts M80',
    'Washer',
  ] as const;
  const candidates = best.map((name): [string, string] => [
    name,
    name === best[0] ? 'BOLT-M8' : '',
  ]);
  expect(order('bolt m8', candidates.toReversed())).toEqual(best);
});

test('a whole word is better than a beginning', () => {
  expect(order('кот', [['Котлета'], ['Кот чёрный']])).toEqual(['Кот чёрный', 'Котлета']);
});

test('earlier words are better than later ones', () => {
  expect(order('milk', [['Dark chocolate with milk'], ['Fresh milk of cows']])).toEqual([
    'Fresh milk of cows',
    'Dark chocolate with milk',
  ]);
});

test('shorter names come first', () => {
  expect(order('шоколад', [['Шоколад тёмный 100г'], ['Шоколад 90г']])).toEqual([
    'Шоколад 90г',
    'Шоколад тёмный 100г',
  ]);
});

test('case, diacritics and look-alike letters make no difference', () => {
  expect(order('CREME м8', [['Crème anglaise'], ['crème M8']])).toEqual([
    'crème M8',
    'Crème anglaise',
  ]);
});

test('the order does not depend on the order of the candidates', () => {
  const candidate = fc.record({
    name: fc.stringMatching(/^[ab ]{1,6}$/),
    sku: fc.stringMatching(/^[ab]{1,3}$/),
  });
  fc.assert(
    fc.property(fc.array(candidate), fc.stringMatching(/^[ab ]{1,4}$/), (candidates, text) => {
      const numbered = candidates.map((one, localId) => ({ ...one, localId }));
      const query = parseSearchQuery(text);
      expect(ranked(query, numbered.toReversed())).toEqual(ranked(query, numbered));
    }),
  );
});
