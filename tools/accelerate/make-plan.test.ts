import { describe, expect, test } from 'vitest';
import { type Existing, makePlan, type Wanted } from './make-plan.ts';
import { parseColumns } from './parse-columns.ts';
import { UsageError } from './usage-error.ts';

const existing: Existing = {
  entities: [
    { name: 'product', scope: 'catalogue' },
    { name: 'site', scope: 'catalogue' },
    { name: 'location', scope: 'site' },
  ],
  tables: new Set(['sync_scope']),
};

function wanted(columns: string, change: Partial<Wanted> = {}, name = 'shelf_label'): Wanted {
  return {
    entity: { name, columns: parseColumns(columns) },
    scope: 'catalogue',
    pattern: 'lastWriteWins',
    conflicts: 'detect',
    child: null,
    notes: [],
    ...change,
  };
}

describe('columns', () => {
  test('are read with types, choices, references and what may be empty', () => {
    expect(
      parseColumns(' code:text, note : text?, kind:enum(a | b)?,product_id:ref( product )'),
    ).toEqual([
      { name: 'code', kind: 'text', nullable: false, choices: [], target: null },
      { name: 'note', kind: 'text', nullable: true, choices: [], target: null },
      { name: 'kind', kind: 'enum', nullable: true, choices: ['a', 'b'], target: null },
      { name: 'product_id', kind: 'ref', nullable: false, choices: [], target: 'product' },
    ]);
  });

  test.each([
    ['', 'There are no columns'],
    ['code', 'is not a column'],
    ['code:text,,name:text', 'is not a column'],
    ['code:real', 'Types: text, integer'],
    ['code:text(5)', 'only enum and ref take parentheses'],
    ['kind:enum(a)', 'two or more plain words'],
    ['kind:enum(a,b)', 'two or more plain words'],
    ["kind:enum(a|b'c)", 'two or more plain words'],
    ['kind:enum(a|a)', 'names a choice twice'],
    ['product_id:ref', 'Write ref(entity)'],
  ])('%j is refused with the way to write it', (text, sentence) => {
    expect(() => parseColumns(text)).toThrow(sentence);
    expect(() => parseColumns(text)).toThrow(UsageError);
  });
});

describe('an entity', () => {
  test('of a site has its site, an index per reference, and is sorted by a name that all have', () => {
    const [plan] = makePlan(
      wanted('name:text, location_id:ref(location)', { scope: 'site' }),
      existing,
    ).entities;
    expect(plan?.columns.map(({ name }) => name)).toEqual(['site_id', 'name', 'location_id']);
    expect(plan?.indexes.map(({ columns }) => columns)).toEqual([['site_id'], ['location_id']]);
    expect(plan?.sortBy).toBe('name');
  });

  test('that may have no name is not sorted by it', () => {
    expect(makePlan(wanted('name:text?'), existing).entities[0]?.sortBy).toBeNull();
  });

  test('that is only added to can be taken back', () => {
    const plan = makePlan(wanted('quantity:integer', { pattern: 'appendOnly' }), existing);
    expect(plan.entities[0]?.columns.at(-1)).toMatchObject({
      name: 'reverses',
      target: 'shelf_label',
      nullable: true,
    });
  });

  test('with children brings the child, which goes with its parent', () => {
    const child = { name: 'shelf_line', columns: parseColumns('note:text') };
    const { entities } = makePlan(wanted('code:text', { pattern: 'oneToMany', child }), existing);
    expect(entities.map(({ name, pattern }) => [name, pattern])).toEqual([
      ['shelf_label', 'oneToMany'],
      ['shelf_line', 'detectConflicts'],
    ]);
    expect(entities[1]).toMatchObject({ parent: 'shelf_label' });
    expect(entities[1]?.columns[0]).toMatchObject({
      name: 'shelf_label_id',
      target: 'shelf_label',
    });
  });

  test.each([
    ['product', 'code:text', 'already'],
    ['sync_scope', 'code:text', 'Choose another name'],
    ['order', 'code:text', 'Choose another name'],
    ['class', 'code:text', 'Choose another name'],
    ['save_row', 'code:text', 'Choose another name'],
    ['ShelfLabel', 'code:text', 'snake_case'],
    ['shelf__label', 'code:text', 'snake_case'],
    ['../label', 'code:text', 'snake_case'],
    ['label', 'id:text', 'Leave id out'],
    ['label', 'site_id:ref(site)', 'Leave site_id out'],
    ['label', 'group:text', 'for something else'],
    ['label', 'constructor:text', 'for something else'],
    ['label', 'Code:text', 'snake_case'],
    ['label', 'code:text, code:text', 'twice'],
    ['label', 'brand_id:ref(brand)', 'There are: product'],
    ['label', 'location_id:ref(location)', 'Use --scope site'],
    ['label', Array.from({ length: 50 }, (_, at) => `c${at}:text`).join(), 'at most 48'],
  ])('%s with %s is refused and says what to do', (name, columns, sentence) => {
    expect(() => makePlan(wanted(columns, {}, name), existing)).toThrow(sentence);
    expect(() => makePlan(wanted(columns, {}, name), existing)).toThrow(UsageError);
  });

  test('with children needs a child, and others have none', () => {
    const child = { name: 'shelf_line', columns: parseColumns('note:text') };
    expect(() => makePlan(wanted('code:text', { pattern: 'oneToMany' }), existing)).toThrow(
      '--child NAME',
    );
    expect(() => makePlan(wanted('code:text', { child }), existing)).toThrow('leave --child out');
  });
});
