import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineEntity, type StoredRow } from '../entities/define-entity.ts';
import { idOf } from '../../tests/support/server-rows.ts';
import type { RowChange } from './operation.ts';
import { detectConflicts } from './patterns/detect-conflicts.ts';
import { reencodeChange } from './reencode-change.ts';

/** Kilograms became grams, then the column got its unit as a name. Each step takes parts of rows too. */
const parcel = defineEntity({
  name: 'parcel',
  scope: 'catalogue',
  pattern: detectConflicts(),
  version: 3,
  upgrades: {
    1: (values) =>
      'weight' in values ? { ...values, weight: Number(values['weight']) * 1_000 } : values,
    2: ({ weight, ...values }) => (weight === undefined ? values : { ...values, grams: weight }),
  },
  schema: z.strictObject({ id: z.uuid(), grams: z.int(), name: z.string().max(9) }),
});

const at = (version: number) => ({ entity: 'parcel', version, id: idOf(1) });

test.each([
  [1, { weight: 2 }, { grams: 2_000 }],
  [2, { weight: 2_000 }, { grams: 2_000 }],
  [3, { grams: 2_000 }, { grams: 2_000 }],
] as const)('a change made at version %i becomes one of today', (version, before, now) => {
  const from: StoredRow = before;
  const changes: RowChange[] = [
    { ...at(version), kind: 'create', row: from },
    { ...at(version), kind: 'update', from, to: { ...from, name: 'x' } },
    { ...at(version), kind: 'remove', from },
  ];
  expect(changes.map((change) => reencodeChange(parcel, change))).toEqual([
    { ...at(3), kind: 'create', row: now },
    { ...at(3), kind: 'update', from: now, to: { ...now, name: 'x' } },
    { ...at(3), kind: 'remove', from: now },
  ]);
});

test('a change of other fields passes through', () => {
  const change: RowChange = { ...at(1), kind: 'update', from: { name: 'a' }, to: { name: 'b' } };
  expect(reencodeChange(parcel, change)).toEqual({ ...change, version: 3 });
});

test('a change made by a newer app is not touched but refused', () => {
  const change: RowChange = { ...at(4), kind: 'create', row: {} };
  expect(() => reencodeChange(parcel, change)).toThrow(
    expect.objectContaining({
      code: 'UPGRADE_REQUIRED',
      details: expect.objectContaining({ found: 4, known: 3 }),
    }),
  );
});
