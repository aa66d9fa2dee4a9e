import * as fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { countLineId, nextCountId } from '../../../shared/domain/count-ids.ts';
import type { CountObservation } from '../../../shared/entities/count-observation.ts';
import { COUNT_STAGES, type StockCount } from '../../../shared/entities/stock-count.ts';
import type { OperationOutcome } from '../../../shared/sync/operation.ts';
import {
  type CountHistory,
  HISTORY_COUNTS,
  historyCountId,
  historyGoods,
  makeHistory,
  type Told,
} from '../../../tests/support/count-history.ts';
import { assertDigestsHold } from '../../../tests/support/recount-scopes.ts';
import { creation, edit, SendingLaptop } from '../../../tests/support/sending-laptop.ts';
import {
  countRow,
  idOf,
  levelRow,
  locationRow,
  movementRow,
  observationRow,
  placeRow,
  personRow,
  productRow,
  siteRow,
} from '../../../tests/support/server-rows.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { openTestStore } from '../../../tests/support/test-store.ts';
import type { ServerStore } from '../../store/open-store.ts';
import { commitChanges } from '../../sync/scope-commit.ts';

const newFolder = useTempFolders();
let store: ServerStore;
let laptop: SendingLaptop;

const COUNTER = idOf(701);
const APPROVER = idOf(702);
const COUNT = idOf(900);
const GOODS = { product_id: idOf(0), location_id: idOf(0), lot: '', serial: '' };

beforeEach(async () => {
  let made = 0;
  store = await openTestStore({ dataDir: newFolder(), newId: () => idOf(20_000 + (made += 1)) });
  onTestFinished(async () => {
    await assertDigestsHold(store);
    await store.close();
  });
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('person', [
      personRow(701),
      personRow(702),
      personRow(703, { role: 'counter' }),
      personRow(704, { active: false }),
    ]);
    await tx.insert(
      'product',
      [0, 1, 2].map((number) => productRow(number, { abc: number === 2 ? 'A' : 'B' })),
    );
    await tx.insert(
      'location',
      [0, 1].map((number) => locationRow(number)),
    );
  });
  laptop = new SendingLaptop(store, 70);
});

async function plan(change: Partial<StockCount> = {}): Promise<StockCount> {
  const row = countRow(900, { stage: COUNT_STAGES.review, ...change });
  await commitChanges(store, (tx) => tx.insert('stock_count', [row]));
  return row;
}

function approve(
  by: string = APPROVER,
  count: string = COUNT,
): Promise<OperationOutcome | undefined> {
  return laptop.does(
    edit('stock_count', count, {
      from: { stage: COUNT_STAGES.review, approved_by: null, approved_at: null },
      to: { stage: COUNT_STAGES.approved, approved_by: by, approved_at: 5 },
    }),
  );
}

function saw(number: number, change: Partial<CountObservation>) {
  return creation('count_observation', observationRow(number, { person_id: COUNTER, ...change }));
}

function moved(number: number, change: Parameters<typeof movementRow>[1] = {}) {
  return creation('stock_movement', movementRow(number, change));
}

async function level(goods: { product_id: string; location_id: string } = GOODS): Promise<number> {
  const row = await store.reader
    .selectFrom('stock_level')
    .select('quantity')
    .where('product_id', '=', goods.product_id)
    .where('location_id', '=', goods.location_id)
    .executeTakeFirst();
  return row?.quantity ?? 0;
}

async function posts() {
  return store.reader
    .selectFrom('stock_movement')
    .select(['quantity', 'moved_at', 'cause', 'person_id', 'kind'])
    .where('count_id', 'is not', null)
    .orderBy('id')
    .execute();
}

async function line() {
  return store.reader
    .selectFrom('count_line')
    .select(['counted', 'book', 'seen_at'])
    .where('id', '=', countLineId(COUNT, GOODS))
    .executeTakeFirst();
}

describe('an approved count', () => {
  it('F10: is posted as differences, at the instant of each line, by who approved it', async () => {
    await plan();
    await laptop.does(moved(10, { moved_at: 100 }));
    await laptop.does(saw(50, { quantity: 7, seen_at: 200 }));
    await laptop.does(
      creation('count_line', {
        ...GOODS,
        id: countLineId(COUNT, GOODS),
        site_id: idOf(0),
        count_id: COUNT,
        round: 1,
        cause: 'damaged',
        note: null,
        decided_by: APPROVER,
        counted: null,
        book: null,
        seen_at: null,
      }),
    );
    expect(await posts()).toEqual([]);
    expect(await approve()).toMatchObject({ kind: 'applied' });
    const post = { quantity: -3, moved_at: 200, cause: 'damaged', person_id: APPROVER };
    expect(await posts()).toEqual([{ ...post, kind: 'adjust' }]);
    expect(await line()).toEqual({ counted: 7, book: 10, seen_at: 200 });
    expect(await level()).toBe(7);
  });

  it('F11, S13: takes no notice of what moved after it was seen', async () => {
    await plan();
    await laptop.does(moved(10, { moved_at: 100 }));
    await laptop.does(saw(50, { quantity: 9, seen_at: 200 }));
    const issue = { kind: 'issue', from_location_id: idOf(0), to_location_id: null } as const;
    await laptop.does(moved(4, { ...issue, moved_at: 300 }));
    await approve();
    expect(await level()).toBe(5);
    expect(await line()).toEqual({ counted: 9, book: 10, seen_at: 200 });
  });

  it('R10: is settled again for a movement from before it that comes late', async () => {
    await plan();
    await laptop.does(saw(50, { quantity: 9, seen_at: 200 }));
    await approve();
    await laptop.does(moved(10, { moved_at: 100 }));
    expect(await level()).toBe(9);
    expect(await line()).toEqual({ counted: 9, book: 10, seen_at: 200 });
    await laptop.does(moved(3, { moved_at: 201 }));
    expect(await level()).toBe(12);
  });

  it('S14: is posted once, whoever approves it how often', async () => {
    const count = await plan();
    await laptop.does(saw(50, { quantity: 9, seen_at: 200 }));
    await approve();
    expect(await approve(idOf(703))).toMatchObject({ kind: 'applied' });
    const stored = await store.reader
      .selectFrom('stock_count')
      .select('approved_by')
      .where('id', '=', count.id)
      .executeTakeFirst();
    expect(stored?.approved_by).toBe(APPROVER);
    expect(await posts()).toHaveLength(1);
  });

  it('S17: lets a person take back what it posted', async () => {
    await plan();
    await laptop.does(saw(50, { quantity: 9, seen_at: 200 }));
    await approve();
    const post = await store.reader
      .selectFrom('stock_movement')
      .selectAll()
      .executeTakeFirstOrThrow();
    const { row_version: version, ...row } = post;
    expect(version).toBeGreaterThan(0);
    const back = { ...row, id: idOf(51), quantity: -9, reverses: post.id, moved_at: 400 };
    await laptop.does(creation('stock_movement', back));
    expect(await level()).toBe(0);
  });

  it('takes goods that nobody saw at a place that was counted to the end for gone', async () => {
    await plan();
    await commitChanges(store, (tx) => tx.insert('stock_level', [levelRow(4)]));
    await approve();
    expect(await level()).toBe(4);
    await laptop.does(creation('count_place', placeRow(COUNT, 0, { done_at: 300 })));
    expect(await level()).toBe(0);
    await laptop.does(moved(6, { moved_at: 299 }));
    expect(await level()).toBe(0);
    await laptop.does(moved(2, { moved_at: 301 }));
    expect(await level()).toBe(2);
  });

  it('leaves goods alone that it did not look for', async () => {
    await plan({ abc: 'A' });
    const other = { ...GOODS, product_id: idOf(2) };
    await commitChanges(store, (tx) => tx.insert('stock_level', [levelRow(4), levelRow(5, other)]));
    await laptop.does(creation('count_place', placeRow(COUNT, 0, { done_at: 300 })));
    await approve();
    expect([await level(), await level(other)]).toEqual([4, 0]);
  });

  it('waits for goods that somebody wants to have counted anew', async () => {
    await plan();
    await laptop.does(saw(50, { quantity: 9, seen_at: 200 }));
    await laptop.does(
      creation('count_line', {
        ...GOODS,
        id: countLineId(COUNT, GOODS),
        site_id: idOf(0),
        count_id: COUNT,
        round: 2,
        cause: null,
        note: null,
        decided_by: null,
        counted: 1,
        book: 1,
        seen_at: 1,
      }),
    );
    await approve();
    expect(await line()).toEqual({ counted: null, book: null, seen_at: null });
    await laptop.does(saw(51, { quantity: 8, seen_at: 500, round: 2 }));
    expect(await line()).toEqual({ counted: 8, book: 0, seen_at: 500 });
  });

  it('F25: plans the next one, once', async () => {
    const day = 86_400_000;
    await plan({ code: 'A-09', repeat_days: 30, due_at: day });
    await commitChanges(store, (tx) => tx.insert('stock_count', [countRow(901, { code: 'A-10' })]));
    await approve();
    await approve(idOf(703));
    const next = await store.reader
      .selectFrom('stock_count')
      .select(['code', 'stage', 'due_at', 'approved_by'])
      .where('id', '=', nextCountId(COUNT))
      .execute();
    expect(next).toEqual([{ code: 'A-11', stage: 0, due_at: 31 * day, approved_by: null }]);
  });
});

describe('who approves', () => {
  it('F10: has not counted, neither before nor afterwards', async () => {
    await plan();
    await laptop.does(saw(50, { quantity: 9, seen_at: 200 }));
    expect(await approve(COUNTER)).toMatchObject({ kind: 'rejected', code: 'FORBIDDEN' });
    expect(await posts()).toEqual([]);
    await approve();
    expect(
      await laptop.does(saw(51, { quantity: 1, seen_at: 300, person_id: APPROVER })),
    ).toMatchObject({ kind: 'rejected', code: 'FORBIDDEN' });
    expect(await level()).toBe(9);
  });

  it('F31: is a supervisor or an administrator who still works here', async () => {
    await plan();
    for (const nobody of [idOf(703), idOf(704), idOf(799)]) {
      expect(await approve(nobody)).toMatchObject({ kind: 'rejected', code: 'FORBIDDEN' });
    }
    expect(await posts()).toEqual([]);
    expect(await approve()).toMatchObject({ kind: 'applied' });
  });

  it('finds a cancelled count cancelled, and nobody cancels an approved one', async () => {
    await plan({ stage: COUNT_STAGES.cancelled });
    expect(await approve()).toMatchObject({ kind: 'rejected', code: 'FORBIDDEN' });
    const other = idOf(901);
    await commitChanges(store, (tx) =>
      tx.insert('stock_count', [countRow(901, { code: 'B', stage: COUNT_STAGES.review })]),
    );
    await approve(APPROVER, other);
    const cancelled = edit('stock_count', other, {
      from: { stage: COUNT_STAGES.review },
      to: { stage: COUNT_STAGES.cancelled },
    });
    expect(await laptop.does(cancelled)).toMatchObject({ kind: 'rejected', code: 'FORBIDDEN' });
  });
});

describe('the server', () => {
  it('R10: comes to what truly lay there, whatever moved when and in whatever order it hears of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (generate) => {
        const history = makeHistory((limit) => generate(fc.nat, Math.max(0, limit - 1)));
        expect(await levelsAfter(history)).toEqual(history.expected);
      }),
      { numRuns: 40 },
    );
  });
});

/** On a server of its own. */
async function levelsAfter({ begun, arrivals }: CountHistory): Promise<number[]> {
  const { store: fresh, told } = await beginHistory(begun);
  try {
    for (const one of arrivals) await told(one);
    await assertDigestsHold(fresh);
    const rows = await fresh.reader.selectFrom('stock_level').selectAll().execute();
    return begun.map((_, goods) => {
      const { product_id: product, location_id: place } = historyGoods(goods);
      const here = rows.find((row) => row.product_id === product && row.location_id === place);
      return here?.quantity ?? 0;
    });
  } finally {
    await fresh.close();
  }
}

async function beginHistory(begun: readonly number[]) {
  const fresh = await openTestStore({ dataDir: newFolder() });
  await commitChanges(fresh, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('person', [personRow(709)]);
    await tx.insert('product', [productRow(0), productRow(1)]);
    await tx.insert('location', [locationRow(0), locationRow(1)]);
    await tx.insert(
      'stock_level',
      begun.map((quantity, goods) => levelRow(800 + goods, { quantity, ...historyGoods(goods) })),
    );
    await tx.insert(
      'stock_count',
      Array.from({ length: HISTORY_COUNTS }, (_, count) =>
        countRow(0, { id: historyCountId(count), code: `C${count}`, stage: COUNT_STAGES.review }),
      ),
    );
  });
  const sender = new SendingLaptop(fresh, 71);
  const told = async (one: Told | number): Promise<void> => {
    const change =
      typeof one === 'number'
        ? edit('stock_count', historyCountId(one), {
            from: { stage: COUNT_STAGES.review, approved_by: null },
            to: { stage: COUNT_STAGES.approved, approved_by: idOf(709) },
          })
        : creation(one.entity, one.row);
    expect(await sender.does(change)).toMatchObject({ kind: 'applied' });
  };
  return { store: fresh, told };
}
