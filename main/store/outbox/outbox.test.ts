import { afterEach, beforeEach, expect, test } from 'vitest';
import { CATALOGUE_SCOPE } from '../../../shared/sync/scope.ts';
import { OPERATION_BYTES_MAX } from '../../../shared/sync/operation.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { WorkStore } from '../work-store.ts';
import { giveNumbersBack, heldBack } from './hold-back.ts';
import type { NewOperation } from './new-operation.ts';
import { settleOperations } from './settle-operations.ts';
import { takeOperations } from './take-operations.ts';

const newFolder = useTempFolders();
const uuid = (number: number): string =>
  `01890000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

let work: WorkStore;
let folder: string;
beforeEach(() => {
  folder = newFolder();
  work = WorkStore.open(folder, () => uuid(1));
});
afterEach(() => work.close());

function noteOf(number: number, text = 'text'): NewOperation {
  const id = uuid(number);
  return {
    operationId: uuid(10_000 + number),
    at: number,
    changes: [
      {
        change: { kind: 'create', entity: 'product_note', version: 1, id, row: { id, text } },
        base: null,
        scope: CATALOGUE_SCOPE,
      },
    ],
  };
}

const take = (operations: number, bytes = 1_000_000) =>
  takeOperations(work.db, work.outbox, { operations, bytes });

test('numbers are given in the order of work, once, and survive a restart', () => {
  for (const number of [3, 1, 2]) work.outbox.append(noteOf(number));
  expect(take(2).map(({ number, operationId }) => [number, operationId])).toEqual([
    [1, uuid(10_003)],
    [2, uuid(10_001)],
  ]);
  work.close();
  work = WorkStore.open(folder, () => uuid(9));
  expect(take(5).map(({ number, operationId }) => [number, operationId])).toEqual([
    [1, uuid(10_003)],
    [2, uuid(10_001)],
    [3, uuid(10_002)],
  ]);
});

test('work of whoever has to sign in first is not taken, nor what builds on it, and loses its numbers to others', () => {
  const awaited = new Set(['bert']);
  work.outbox.append({ ...noteOf(1), by: 'bert' });
  const builtOn = noteOf(1).changes.map((one) => ({
    ...one,
    change: {
      kind: 'update' as const,
      entity: 'product_note',
      version: 1,
      id: uuid(1),
      from: { text: 'text' },
      to: { text: 'more' },
    },
  }));
  work.outbox.append({ operationId: uuid(20_001), at: 2, by: 'anna', changes: builtOn });
  work.outbox.append({ ...noteOf(2), by: 'anna' });
  expect(take(10).map(({ number }) => number)).toEqual([1, 2, 3]);
  giveNumbersBack(work, 1);
  const limits = { operations: 10, bytes: 1_000_000 };
  const [own, ...more] = takeOperations(work.db, work.outbox, { ...limits, awaited });
  expect([own, more]).toMatchObject([{ operationId: uuid(10_002), number: 1, by: 'anna' }, []]);
  const outcome = { kind: 'applied', versions: {}, merged: [] } as const;
  settleOperations(work, [{ operationId: uuid(10_002), number: 1, outcome, repeated: false }], {
    now: 3,
    newId: () => uuid(4),
    rowOf: () => null,
  });
  expect(work.outbox.hasSendable(heldBack(work.db, awaited))).toBe(false);
  expect(take(10)).toMatchObject([
    { operationId: uuid(10_001), number: 2, by: 'bert' },
    { operationId: uuid(20_001), number: 3, by: 'anna' },
  ]);
});

test('a batch is bounded by bytes, and a large operation has its turn alone', () => {
  for (const number of [1, 2, 3]) work.outbox.append(noteOf(number, 'x'.repeat(1_000)));
  expect(take(10, 2_500)).toHaveLength(2);
  expect(take(10, 10)).toHaveLength(1);
});

test('an operation that no server would take is refused at once', () => {
  const large = noteOf(1, 'x'.repeat(OPERATION_BYTES_MAX));
  expect(() => work.outbox.append(large)).toThrow('Do it in smaller parts');
  expect(work.outbox.waiting()).toBe(0);
});

test('what builds on a row that waits to be created names its creator', () => {
  work.outbox.append(noteOf(1));
  const id = uuid(1);
  work.outbox.append({
    operationId: uuid(2),
    at: 2,
    changes: [
      {
        change: {
          kind: 'update',
          entity: 'product_note',
          version: 1,
          id,
          from: { text: 'text' },
          to: { text: 'more' },
        },
        base: { id, text: 'text' },
        scope: CATALOGUE_SCOPE,
      },
    ],
  });
  expect(take(2)[1]).toMatchObject({ after: [uuid(10_001)] });
});

test('answered operations are kept as receipts, up to a bound', () => {
  const settled = 2_100;
  work.outbox.together(() => {
    for (let number = 1; number <= settled; number++) work.outbox.append(noteOf(number));
  });
  work.outbox.append(noteOf(5_000));
  work.db.prepare("UPDATE operation SET state = 'applied' WHERE position <= ?").run(settled);
  work.outbox.prune();
  const kept = work.db.prepare('SELECT count(*) FROM operation').pluck().get();
  expect(kept).toBe(2_001);
  expect(work.outbox.find(uuid(10_001))).toBeNull();
  expect(work.outbox.waiting()).toBe(1);
});
