import { expect, it } from 'vitest';
import type { CategoryNode } from '../../shared/desktop/catalogue-views.ts';
import { flattenCategories } from './flatten-categories.ts';

const node = (id: string, parentId: string | null): CategoryNode => ({
  id,
  parentId,
  name: id,
  products: 1,
});
const nodes = [
  node('Tools', null),
  node('Hand', 'Tools'),
  node('Drills', 'Hand'),
  node('Food', null),
];
const names = (open: string[], text = ''): string[] =>
  flattenCategories(nodes, new Set(open), text).map((line) => `${line.level} ${line.node.name}`);

it('shows what is open, parents before children', () => {
  expect(names([])).toEqual(['1 Tools', '1 Food']);
  expect(names(['Tools'])).toEqual(['1 Tools', '2 Hand', '1 Food']);
});

it('shows the way to what matches a text', () => {
  expect(names([], 'drill')).toEqual(['1 Tools', '2 Hand', '3 Drills']);
  expect(names([], 'nothing')).toEqual([]);
});

it('keeps a node reachable whose parent has not arrived', () => {
  const lines = flattenCategories([node('Orphan', 'missing')], new Set(), '');
  expect(lines.map((line) => [line.node.name, line.level, line.siblings])).toEqual([
    ['Orphan', 1, 1],
  ]);
});
