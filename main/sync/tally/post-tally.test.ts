import { describe, expect, it } from 'vitest';
import { TALLY_LINES_MAX, tallyStartInput } from '../../../shared/desktop/tally-views.ts';
import { countLineId, countPlaceId } from '../../../shared/domain/count-ids.ts';
import { testId } from '../../../tests/support/replica-fixture.ts';
import {
  A1,
  A2,
  B1,
  BOLT,
  BY,
  CODES,
  DRILL,
  METER,
  PERSON,
  SITE,
  type TallyBench,
  useTallyBench,
} from '../../../tests/support/tally-bench.ts';

const newBench = useTallyBench();
const COUNT = testId('row', 700_001);
const DELIVERY = testId('row', 700_002);

const posting = (tallyId: string) => ({ tallyId, donePlaces: [] as string[], reason: null });

function startCount(bench: TallyBench, plan: Record<string, string | number | null> = {}): string {
  bench.put('stock_count', {
    id: COUNT,
    site_id: SITE,
    code: 'C-1',
    stage: 0,
    blind: 1,
    zone: 'A',
    category_id: null,
    abc: null,
    due_at: null,
    repeat_days: null,
    counters: '[]',
    created_by: null,
    approved_by: null,
    approved_at: null,
    note: null,
    ...plan,
  });
  return goOn(bench);
}

function goOn(bench: TallyBench): string {
  const start = { kind: 'count', siteId: SITE, subjectId: COUNT, locationId: A1 } as const;
  return bench.tally.start(tallyStartInput.parse(start), BY).tallyId;
}

function startDelivery(bench: TallyBench): string {
  bench.put('delivery', {
    id: DELIVERY,
    site_id: SITE,
    code: 'D-1',
    supplier: null,
    state: 'expected',
    expected_at: null,
    note: null,
  });
  const lines = [
    { id: testId('row', 700_011), product_id: DRILL, expected: 5, received: 2 },
    { id: testId('row', 700_012), product_id: DRILL, expected: 4, received: 0 },
    { id: testId('row', 700_013), product_id: BOLT, expected: 1, received: 0 },
  ];
  for (const line of lines) {
    bench.put('delivery_line', { ...line, site_id: SITE, delivery_id: DELIVERY });
  }
  const start = { kind: 'receive', siteId: SITE, subjectId: DELIVERY, locationId: A1 } as const;
  return bench.tally.start(tallyStartInput.parse(start), BY).tallyId;
}

describe('a delivery', () => {
  it('F13: fills the lines of the delivery, the oldest first, and what is too much goes to the last', () => {
    const bench = newBench();
    const id = startDelivery(bench);
    expect(bench.view(id)).toMatchObject({ subjectCode: 'D-1' });
    expect(bench.scan(id, CODES.drill)).toMatchObject({
      line: { expected: 9, before: 2, problem: null },
    });
    const box = bench.scan(id, CODES.drillBox);
    expect(box).toMatchObject({ kind: 'suspect', problem: 'moreThanExpected' });
    expect(box.line).toMatchObject({ quantity: 13, problem: 'moreThanExpected' });
    bench.scan(id, CODES.bolt);
    bench.tally.post(posting(id), BY);
    const made = bench
      .made('stock_movement')
      .map((row) => [row['delivery_line_id'], row['quantity']]);
    expect(made).toEqual([
      [testId('row', 700_011), 3],
      [testId('row', 700_012), 10],
      [testId('row', 700_013), 1],
    ]);
    expect(bench.made('stock_movement')[0]).toMatchObject({
      kind: 'receive',
      to_location_id: A1,
      from_location_id: null,
      person_id: PERSON,
    });
    expect(bench.told).toEqual(expect.arrayContaining(['stock_movement']));
  });

  it('F13: what was posted and not sent yet has come already', () => {
    const bench = newBench();
    const id = startDelivery(bench);
    bench.scan(id, CODES.drill);
    bench.tally.post(posting(id), BY);
    const next = bench.tally.start(
      tallyStartInput.parse({ kind: 'receive', siteId: SITE, subjectId: DELIVERY }),
      BY,
    );
    expect(next.tallyId).not.toBe(id);
    bench.tally.place({ tallyId: next.tallyId, locationId: A1, role: 'at' });
    expect(bench.scan(next.tallyId, CODES.drill)).toMatchObject({
      line: { expected: 9, before: 3 },
    });
  });

  it('goods that are not on it are counted and marked, and come without a line', () => {
    const bench = newBench();
    const id = startDelivery(bench);
    const scan = bench.scan(id, `]C1010${CODES.meter}2112`);
    expect(scan).toMatchObject({ kind: 'suspect', problem: 'notExpected' });
    expect(scan.line).toMatchObject({ problem: 'notExpected', expected: null });
    bench.tally.post(posting(id), BY);
    expect(bench.made('stock_movement')).toMatchObject([{ delivery_line_id: null, serial: '12' }]);
  });
});

describe('a count', () => {
  it('S6, F8: becomes observations with their instants, done places, and the count that has begun', () => {
    const bench = newBench();
    const id = startCount(bench);
    bench.scan(id, CODES.drillBox);
    const seen = bench.clock.now;
    bench.clock.now += 60_000;
    const typed = {
      tallyId: id,
      productId: BOLT,
      locationId: A1,
      lot: '',
      serial: '',
      expiresOn: null,
    };
    bench.tally.type({ ...typed, quantity: 0 });
    const noticed = bench.clock.now;
    bench.clock.now += 60_000;
    const posted = bench.tally.post({ ...posting(id), donePlaces: [A1] }, BY);
    expect(posted).toMatchObject({ pieces: 12, operationIds: [expect.any(String)] });
    expect(bench.made('count_observation')).toMatchObject([
      {
        product_id: DRILL,
        location_id: A1,
        quantity: 12,
        round: 1,
        seen_at: seen + 5,
        person_id: PERSON,
      },
      { product_id: BOLT, quantity: 0, seen_at: noticed + 5 },
    ]);
    expect(bench.made('count_place')).toMatchObject([
      { id: countPlaceId(COUNT, A1), location_id: A1, done_at: bench.clock.now + 5 },
    ]);
    const { work } = bench.files;
    const update = work.db
      .prepare("SELECT change FROM operation_change WHERE entity = 'stock_count'")
      .pluck()
      .get() as string;
    expect(JSON.parse(update)).toMatchObject({ from: { stage: 0 }, to: { stage: 1 } });
  });

  it('an empty shelf is a result too', () => {
    const bench = newBench();
    const id = startCount(bench);
    expect(() => bench.tally.post(posting(id), BY)).toThrow('nothing to post');
    expect(bench.tally.post({ ...posting(id), donePlaces: [A1] }, BY).pieces).toBe(0);
    expect(bench.made('count_place')).toHaveLength(1);
  });

  it('C2: a place of another zone has the tone of the wrong place', () => {
    const bench = newBench();
    const id = startCount(bench);
    expect(bench.scan(id, 'B-01')).toMatchObject({
      kind: 'wrongPlace',
      problem: 'placeNotPlanned',
    });
    expect(bench.scan(id, 'X-01')).toMatchObject({ kind: 'place' });
    expect(() => bench.tally.place({ tallyId: id, locationId: B1, role: 'at' })).toThrow(
      'B-01 cannot',
    );
  });

  it('C10: goods that somebody has counted already are orange, serial numbers refused', () => {
    const bench = newBench();
    const id = startCount(bench);
    const seen = (fields: Record<string, string | number>): void =>
      bench.put('count_observation', {
        id: bench.newId(),
        site_id: SITE,
        count_id: COUNT,
        product_id: DRILL,
        location_id: A1,
        lot: '',
        serial: '',
        expires_on: null,
        round: 1,
        quantity: 3,
        seen_at: 1,
        person_id: null,
        note: null,
        reverses: null,
        ...fields,
      });
    seen({});
    seen({ product_id: METER, serial: '5', quantity: 1, location_id: A2 });
    const first = bench.scan(id, CODES.drill);
    expect(first).toMatchObject({ kind: 'suspect', problem: 'countedBefore' });
    expect(first.line).toMatchObject({ quantity: 1, problem: 'countedBefore' });
    expect(bench.scan(id, CODES.drill)).toMatchObject({
      kind: 'ok',
      line: { problem: 'countedBefore' },
    });
    const label = `]C1010${CODES.meter}215`;
    expect(bench.scan(id, label)).toMatchObject({ kind: 'problem', problem: 'serialTwice' });
  });

  it('C10: what this laptop has posted itself is counted before, until it is taken back', () => {
    const bench = newBench();
    const id = startCount(bench);
    const label = `]C1010${CODES.meter}219`;
    bench.scan(id, label);
    const { operationIds } = bench.tally.post(posting(id), BY);
    const next = goOn(bench);
    expect(bench.scan(next, label)).toMatchObject({ kind: 'problem', problem: 'serialTwice' });
    bench.files.work.outbox.remove(operationIds[0] ?? '');
    expect(bench.scan(next, label)).toMatchObject({ kind: 'ok' });
  });

  it('F10: goods that are counted anew are observed in the next round', () => {
    const bench = newBench();
    const id = startCount(bench, { category_id: testId('category', 1), zone: null });
    bench.put('count_line', {
      id: countLineId(COUNT, { product_id: DRILL, location_id: A1, lot: '', serial: '' }),
      site_id: SITE,
      count_id: COUNT,
      product_id: DRILL,
      location_id: A1,
      lot: '',
      serial: '',
      round: 2,
      cause: null,
      note: null,
      decided_by: null,
      counted: null,
      book: null,
      seen_at: null,
    });
    expect(bench.scan(id, CODES.drill)).toMatchObject({ kind: 'ok' });
    // Of no category below the planned one.
    expect(bench.scan(id, CODES.bolt)).toMatchObject({ kind: 'suspect', problem: 'notExpected' });
    bench.tally.post(posting(id), BY);
    expect(bench.made('count_observation').map(({ round }) => round)).toEqual([2, 1]);
  });
});

describe('R11: posting', () => {
  it('posts once, and answers the same to whoever posts again', () => {
    const bench = newBench();
    const id = startDelivery(bench);
    bench.scan(id, CODES.drill);
    const posted = bench.tally.post(posting(id), BY);
    expect(bench.tally.post(posting(id), BY)).toEqual(posted);
    expect(bench.restart().post(posting(id), BY)).toEqual(posted);
    expect(bench.made('stock_movement')).toHaveLength(1);
  });

  it('all or nothing: a row that cannot be made leaves the tally open and no operation', () => {
    const bench = newBench();
    const id = startDelivery(bench);
    for (const code of [CODES.drill, CODES.bolt]) bench.scan(id, code);
    bench.files.catalogue.prepare('DELETE FROM product WHERE id = ?').run(BOLT);
    expect(() => bench.tally.post(posting(id), BY)).toThrow('no such product');
    expect(bench.made('stock_movement')).toEqual([]);
    expect(bench.view(id)).toMatchObject({ state: 'open', pieces: 2 });
  });

  it('S9: as many lines as a tally may have become bounded operations', () => {
    const bench = newBench();
    const id = startDelivery(bench);
    const insert = bench.files.work.db.prepare(
      `INSERT INTO tally_line (tally_id, product_id, location_id, lot, serial, scanned, at) VALUES (?, ?, ?, ?, '', 1, 1)`,
    );
    bench.files.work.db.transaction(() => {
      for (let at = 0; at < TALLY_LINES_MAX; at++) insert.run(id, BOLT, A1, `lot ${at}`);
      bench.files.work.db.prepare('UPDATE tally SET lines = ?').run(TALLY_LINES_MAX);
    })();
    expect(() => bench.scan(id, CODES.drill)).toThrow('as much as fits');
    const { operationIds, pieces } = bench.tally.post(posting(id), BY);
    expect(pieces).toBe(TALLY_LINES_MAX);
    expect(bench.made('stock_movement')).toHaveLength(TALLY_LINES_MAX);
    expect(operationIds).toHaveLength(Math.ceil(TALLY_LINES_MAX / 300));
  });
});
