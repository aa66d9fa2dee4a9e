import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addOperation,
  DEVICE,
  EARLIER_DEVICE,
  isShown,
  type OperationStand,
  putRow,
  setContained,
  emptyLaptop,
  useLaptopFiles,
} from '../../../tests/support/laptop-files.ts';
import { testId } from '../../../tests/support/replica-fixture.ts';
import type { RecordView } from '../../../shared/desktop/record-views.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { siteScope } from '../../../shared/sync/scope.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import type { RecordReader } from './record-reader.ts';

/**
 * Random rows in two sites, random operations on them in every state and under every number, random points: what is read
 * must be what a plain model in memory says. fast-check prints the seed of a failure.
 */
const laptop = useLaptopFiles();

const SITES = [1, 2] as const;
const ROWS = 12;
const CODES = ['A-1', 'A-2', 'a-3', 'Ä-1', 'B-1', '\u{1f4e6}-1', '\uff21-1'];

const someFields = fc.record({
  code: fc.constantFrom(...CODES),
  zone: fc.constantFrom(null, 'cold', 'dry'),
  capacity: fc.option(fc.nat(3)),
});
type Fields = typeof someFields extends fc.Arbitrary<infer T> ? T : never;

/** A row is always of the same site. */
const siteOf = (row: number): number => (row % 2) + 1;
const someRows = fc.array(fc.option(someFields), { minLength: ROWS, maxLength: ROWS });

const someStand: fc.Arbitrary<Omit<OperationStand, 'number'> & { isNumbered: boolean }> = fc.oneof(
  fc.record({
    state: fc.constant('waiting' as const),
    deviceId: fc.constant(DEVICE),
    isNumbered: fc.boolean(),
  }),
  fc.record({
    state: fc.constantFrom(
      'applied' as const,
      'conflict' as const,
      'rejected' as const,
      'blocked' as const,
      'parked' as const,
      'discarded' as const,
    ),
    deviceId: fc.constantFrom(DEVICE, EARLIER_DEVICE),
    isNumbered: fc.constant(true),
  }),
);
const someOperation = fc.record({
  row: fc.nat(ROWS - 1),
  kind: fc.constantFrom('create' as const, 'update' as const, 'remove' as const),
  fields: someFields,
  /** Which of the fields an update changes. */
  touched: fc.subarray(['code', 'zone', 'capacity'] as const, { minLength: 1 }),
  stand: someStand,
  inConflict: fc.boolean(),
});
const somePoint: fc.Arbitrary<ContainedPoint> = fc.record({
  deviceId: fc.constantFrom(null, DEVICE, EARLIER_DEVICE),
  number: fc.nat(8),
});

/** What a person saw before the change; no row is ever so, which makes it a conflict that shows the person's own word. */
const BEFORE = { code: 'before', zone: 'before', capacity: 99 };

function storedRow(row: number, fields: Fields): StoredRow {
  return {
    id: testId('location', row),
    site_id: testId('site', siteOf(row)),
    name: null,
    blocked: 0,
    note: null,
    ...fields,
  };
}

const byPlace = (a: RecordView, b: RecordView): number =>
  Buffer.compare(Buffer.from(String(a.row['code'])), Buffer.from(String(b.row['code']))) ||
  Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));

function allPages(reader: RecordReader, where: StoredRow, limit: number): RecordView[] {
  const items: RecordView[] = [];
  let cursor: string | null = null;
  do {
    const page = reader.list({ entity: 'location', where, cursor, limit });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor !== null) expect(page.items).toHaveLength(limit);
  } while (cursor !== null);
  return items;
}

test('rows and lists are the replica with every operation that it does not show', () => {
  const files = laptop({}, SITES.length);
  const reader = files.openReader().records;
  fc.assert(
    fc.property(
      someRows,
      fc.array(someOperation, { maxLength: 20 }),
      fc.tuple(somePoint, somePoint),
      fc.integer({ min: 1, max: 5 }),
      (rows, operations, points, limit) => {
        emptyLaptop(files);
        const model = new Map<number, StoredRow>();
        for (const [number, fields] of rows.entries()) {
          if (fields === null) continue;
          const row = storedRow(number, fields);
          putRow(files.sites[siteOf(number) - 1]!, 'location', row);
          model.set(number, row);
        }
        for (const [at, db] of files.sites.entries()) setContained(db, points[at]!);
        const pending = new Set<number>();
        const conflicts = new Set<number>();
        const numbers = { [DEVICE]: 0, [EARLIER_DEVICE]: 0 };
        const record = ([at, operation]: [number, (typeof operations)[number]]): void => {
          const { row, kind, fields, touched } = operation;
          const { state, deviceId, isNumbered } = operation.stand;
          const stand: OperationStand = isNumbered
            ? { state, deviceId, number: ++numbers[deviceId!]! }
            : { state, deviceId: null, number: null };
          const whole = storedRow(row, fields);
          const to = Object.fromEntries(touched.map((field) => [field, fields[field]]));
          const from = Object.fromEntries(touched.map((field) => [field, BEFORE[field]]));
          const key = { entity: 'location', version: 1, id: testId('location', row) };
          const change = {
            create: { ...key, kind: 'create' as const, row: whole },
            update: { ...key, kind: 'update' as const, from, to },
            remove: { ...key, kind: 'remove' as const, from: whole },
          }[kind];
          const scope = siteScope(testId('site', siteOf(row)));
          const base = kind === 'create' ? null : { ...whole, ...from };
          const operationId = addOperation(files.work, at + 1, {
            changes: [{ change, base, scope }],
            stand,
          });
          if (operation.inConflict) {
            conflicts.add(row);
            files.work.db
              .prepare(
                `INSERT INTO conflict (conflict_id, position, entity, row_id, scope, kind, base, mine, theirs, at)
                 SELECT ?, position, 'location', ?, ?, 'updateUpdate', '1', '2', '3', 4
                 FROM operation WHERE operation_id = ?`,
              )
              .run(testId('row', at), key.id, scope, operationId);
          }
          if (!isShown(stand, points[siteOf(row) - 1]!)) return;
          pending.add(row);
          const current = model.get(row);
          if (kind === 'remove') model.delete(row);
          else if (kind === 'create') model.set(row, { ...current, ...whole });
          else model.set(row, { ...(current ?? whole), ...to });
        };
        files.work.outbox.together(() => [...operations.entries()].forEach(record));
        const expected = [...model]
          .map(([number, row]): RecordView => ({
            id: String(row['id']),
            row,
            pending: pending.has(number),
            conflict: conflicts.has(number),
          }))
          .toSorted(byPlace);
        for (let row = 0; row < ROWS; row++) {
          const id = testId('location', row);
          expect(reader.get('location', id)).toEqual(expected.find((one) => one.id === id) ?? null);
        }
        const allIds = Array.from({ length: ROWS }, (_, row) => testId('location', row));
        for (const siteId of [testId('site', 1), testId('site', 2)]) {
          const several = reader.several('location', siteId, allIds);
          expect([...several.values()].toSorted(byPlace)).toEqual(
            expected.filter(({ row }) => row['site_id'] === siteId),
          );
        }
        const site = { site_id: testId('site', 2) };
        for (const where of [{}, site, { code: 'A-1' }, { ...site, zone: 'dry' }, { zone: null }]) {
          const matching = expected.filter(({ row }) =>
            Object.entries(where).every(([column, value]) => row[column] === value),
          );
          expect(allPages(reader, where, limit)).toEqual(matching);
        }
      },
    ),
    { numRuns: 40 },
  );
});
