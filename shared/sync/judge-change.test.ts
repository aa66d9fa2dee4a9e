import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineEntity, type StoredRow } from '../entities/define-entity.ts';
import { idOf } from '../../tests/support/server-rows.ts';
import { judgeChange } from './judge-change.ts';
import type { RowChange } from './operation.ts';
import { appendOnly } from './patterns/append-only.ts';
import { detectConflicts } from './patterns/detect-conflicts.ts';
import { lastWriteWins } from './patterns/last-write-wins.ts';
import { oneToMany } from './patterns/one-to-many.ts';
import { readOnly } from './patterns/read-only.ts';
import { readOnlyDelta } from './patterns/read-only-delta.ts';
import type { SyncPattern } from './patterns/sync-pattern.ts';

function thing(pattern: SyncPattern) {
  return defineEntity({
    name: 'thing',
    scope: 'catalogue',
    pattern,
    schema: z.strictObject({
      id: z.uuid(),
      name: z.string().max(9),
      count: z.int(),
      tags: z.string().max(99),
    }),
  });
}

const ID = idOf(1);
const ROW: StoredRow = { id: ID, name: 'a', count: 1, tags: '[]' };
const head = { entity: 'thing', version: 1, id: ID };
const create = (row: StoredRow = ROW): RowChange => ({ ...head, kind: 'create', row });
const remove = (from: StoredRow = ROW): RowChange => ({ ...head, kind: 'remove', from });
const update = (from: StoredRow, to: StoredRow): RowChange => ({
  ...head,
  kind: 'update',
  from,
  to,
});

const NEVER = { reverse: (row: StoredRow) => row };
const DETECTING = [
  ['detectConflicts', detectConflicts()],
  ['oneToMany that detects conflicts', oneToMany({ children: ['line'], conflicts: 'detect' })],
] as const;
const OVERWRITING = [
  ['lastWriteWins', lastWriteWins()],
  [
    'oneToMany of which the last write wins',
    oneToMany({ children: ['line'], conflicts: 'lastWriteWins' }),
  ],
] as const;

describe.each([...DETECTING, ...OVERWRITING])('%s', (_, pattern) => {
  const entity = thing(pattern);

  test('writes what nobody else touched', () => {
    expect(judgeChange(entity, create(), null)).toMatchObject({ kind: 'write', row: ROW });
    expect(judgeChange(entity, update({ name: 'a' }, { name: 'b' }), ROW)).toEqual({
      kind: 'write',
      row: { ...ROW, name: 'b' },
      merged: [],
      conflict: null,
    });
    expect(judgeChange(entity, remove(), ROW)).toEqual({ kind: 'delete' });
  });

  test('has nothing to do where it is so already', () => {
    expect(judgeChange(entity, create(), ROW)).toEqual({ kind: 'none' });
    expect(judgeChange(entity, update({ name: 'z' }, { name: 'a' }), ROW)).toEqual({
      kind: 'none',
    });
    expect(judgeChange(entity, remove(), null)).toEqual({ kind: 'none' });
  });

  test('merges changes of different fields', () => {
    const current = { ...ROW, count: 7 };
    expect(judgeChange(entity, update({ name: 'a' }, { name: 'b' }), current)).toMatchObject({
      kind: 'write',
      row: { name: 'b', count: 7 },
      merged: [],
      conflict: null,
    });
  });
});

describe.each(DETECTING)('%s', (_, pattern) => {
  const entity = thing(pattern);

  test('holds only the fields in conflict', () => {
    const current = { ...ROW, name: 'theirs' };
    const change = update({ name: 'a', count: 1 }, { name: 'mine', count: 2 });
    expect(judgeChange(entity, change, current)).toEqual({
      kind: 'write',
      row: { ...current, count: 2 },
      merged: [],
      conflict: {
        entity: 'thing',
        rowId: ID,
        kind: 'updateUpdate',
        fields: ['name'],
        theirs: current,
      },
    });
    expect(judgeChange(entity, update({ name: 'a' }, { name: 'mine' }), current)).toMatchObject({
      kind: 'conflict',
      conflict: { fields: ['name'] },
    });
  });

  test('asks about two that began the same row, field by field', () => {
    const current = { ...ROW, name: 'theirs' };
    expect(judgeChange(entity, create(), current)).toMatchObject({
      kind: 'conflict',
      conflict: { fields: ['name'], theirs: current },
    });
  });

  test('asks before it brings back or deletes what somebody else decided about', () => {
    const whole = update(ROW, { ...ROW, name: 'b' });
    expect(judgeChange(entity, whole, null)).toMatchObject({
      kind: 'conflict',
      conflict: { kind: 'updateDelete', theirs: null },
    });
    const current = { ...ROW, count: 7 };
    expect(judgeChange(entity, remove(), current)).toMatchObject({
      kind: 'conflict',
      conflict: { kind: 'deleteUpdate', theirs: current },
    });
  });
});

describe.each(OVERWRITING)('%s', (_, pattern) => {
  const entity = thing(pattern);

  test('keeps the write that came last, and says what it replaced', () => {
    const current = { ...ROW, name: 'theirs' };
    expect(judgeChange(entity, update({ name: 'a' }, { name: 'mine' }), current)).toMatchObject({
      kind: 'write',
      row: { name: 'mine' },
      merged: [{ field: 'name', mine: 'mine', theirs: 'theirs', kept: 'mine' }],
      conflict: null,
    });
  });

  test('brings a deleted row back if the change names all of it, and asks if it does not', () => {
    expect(judgeChange(entity, update(ROW, { ...ROW, name: 'b' }), null)).toMatchObject({
      kind: 'write',
      row: { ...ROW, name: 'b' },
    });
    expect(judgeChange(entity, update({ name: 'a' }, { name: 'b' }), null)).toMatchObject({
      kind: 'conflict',
      conflict: { kind: 'updateDelete' },
    });
  });

  test('deletes what somebody edited', () => {
    expect(judgeChange(entity, remove(), { ...ROW, count: 7 })).toEqual({ kind: 'delete' });
  });
});

test('a field has a policy of its own', () => {
  const entity = thing(detectConflicts({ fields: { count: 'max', tags: 'set' } }));
  const current = { ...ROW, count: 9, tags: '["theirs"]' };
  const change = update({ count: 1, tags: '[]' }, { count: 5, tags: '["mine"]' });
  expect(judgeChange(entity, change, current)).toMatchObject({
    kind: 'write',
    row: { count: 9, tags: '["mine","theirs"]' },
    merged: [
      { field: 'count', mine: 5, theirs: 9, kept: 9 },
      { field: 'tags', kept: '["mine","theirs"]' },
    ],
    conflict: null,
  });
});

test('a merge that leaves the row as it is still says so', () => {
  const entity = thing(detectConflicts({ fields: { count: 'max' } }));
  const current = { ...ROW, count: 9 };
  expect(judgeChange(entity, update({ count: 1 }, { count: 5 }), current)).toMatchObject({
    kind: 'write',
    row: current,
    merged: [{ field: 'count', kept: 9 }],
  });
});

test('an event is only ever added, and once', () => {
  const entity = thing(appendOnly(NEVER));
  expect(judgeChange(entity, create(), null)).toMatchObject({ kind: 'write' });
  expect(judgeChange(entity, create(), ROW)).toEqual({ kind: 'none' });
  expect(judgeChange(entity, create(), { ...ROW, count: 2 })).toMatchObject({ kind: 'refused' });
  expect(judgeChange(entity, update({ count: 1 }, { count: 2 }), ROW)).toMatchObject({
    kind: 'refused',
  });
  expect(judgeChange(entity, remove(), ROW)).toMatchObject({ kind: 'refused' });
});

test.each([
  ['readOnly', readOnly()],
  ['readOnlyDelta', readOnlyDelta()],
])('%s takes nothing from laptops', (_, pattern) => {
  for (const change of [create(), update({ count: 1 }, { count: 2 }), remove()]) {
    expect(judgeChange(thing(pattern), change, ROW)).toMatchObject({ kind: 'refused' });
  }
});
