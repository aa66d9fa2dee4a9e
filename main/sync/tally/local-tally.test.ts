import { describe, expect, it } from 'vitest';
import { tallyStartInput, type TallyStartInput } from '../../../shared/desktop/tally-views.ts';
import { testId } from '../../../tests/support/replica-fixture.ts';
import {
  A1,
  A2,
  B1,
  BY,
  CODES,
  DRILL,
  METER,
  MILK,
  NOON,
  PERSON,
  SITE,
  type TallyBench,
  useTallyBench,
  X1,
} from '../../../tests/support/tally-bench.ts';

const newBench = useTallyBench();
const DAY = 86_400_000;

function started({ tally }: TallyBench, start: Omit<TallyStartInput, 'siteId'>): string {
  return tally.start(tallyStartInput.parse({ siteId: SITE, ...start }), BY).tallyId;
}

const goods = { lot: '', serial: '', expiresOn: null };

describe('C1, C2: what a scan comes to', () => {
  it('F5, F19: counts pieces and packs, and says the running total', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    expect(bench.scan(id, CODES.drill)).toMatchObject({
      kind: 'ok',
      scans: 1,
      line: { quantity: 1 },
    });
    const box = bench.scan(id, CODES.drillBox);
    expect(box).toMatchObject({
      kind: 'ok',
      scans: 2,
      productName: 'Drill',
      line: { quantity: 13 },
    });
    expect(box.line?.packs).toEqual([{ quantity: 12, unit: 'box' }]);
    expect(bench.view(id)).toMatchObject({
      scans: 2,
      lines: 1,
      pieces: 13,
      unknown: 0,
      suspects: 0,
    });
  });

  it('F3, F18: reads lot, expiry and quantity of a GS1 label', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    const label = `]C1010${CODES.milk}1727013110L7\u001d3006`;
    expect(bench.scan(id, label)).toMatchObject({
      kind: 'ok',
      line: { productName: 'Milk', lot: 'L7', expiresOn: Date.UTC(2027, 0, 31), quantity: 6 },
    });
  });

  it('takes what is an SKU, and what is a place, and what is neither', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive' });
    expect(bench.scan(id, 'S1')).toMatchObject({ kind: 'ok', line: { productName: 'Drill' } });
    expect(bench.scan(id, 'A-02')).toMatchObject({
      kind: 'place',
      locationCode: 'A-02',
      line: null,
    });
    expect(bench.scan(id, 'LOC:A-01')).toMatchObject({ kind: 'place', locationCode: 'A-01' });
    expect(bench.scan(id, '999999')).toMatchObject({ kind: 'unknown', code: '999999', line: null });
    expect(bench.scan(id, ']E04006381333932')).toMatchObject({
      kind: 'problem',
      problem: 'wrongCheckDigit',
    });
    expect(bench.view(id)).toMatchObject({ locationId: A1, unknown: 1, scans: 5 });
  });

  it('C3: the same code within the quiet period is counted, and marked', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    bench.scan(id, CODES.drill);
    expect(bench.scan(id, CODES.bolt, 100)).toMatchObject({ kind: 'ok' });
    const again = bench.scan(id, CODES.drill, 100);
    expect(again).toMatchObject({ kind: 'suspect', problem: 'repeated', line: { quantity: 2 } });
    expect(bench.scan(id, CODES.drill, 501)).toMatchObject({ kind: 'ok', line: { quantity: 3 } });
    expect(bench.view(id)).toMatchObject({ scans: 4, suspects: 1, pieces: 4 });
  });

  it('a scan that is sent again is stored once and answered the same', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    const scan = {
      tallyId: id,
      scanId: bench.newId(),
      text: CODES.drill,
      raw: CODES.drill,
      at: NOON,
    };
    const first = bench.tally.scan(scan, BY);
    expect(bench.tally.scan(scan, BY)).toEqual(first);
    expect(bench.totals(id)).toEqual({ Drill: 1 });
    const other = started(bench, { kind: 'issue', locationId: A1 });
    expect(() => bench.tally.scan({ ...scan, tallyId: other }, BY)).toThrow('another tally');
  });

  it('F18: goods with lots or serial numbers wait for them, and are counted when somebody says them', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    const milk = bench.scan(id, CODES.milk);
    expect(milk).toMatchObject({
      kind: 'problem',
      problem: 'lotNeeded',
      productName: 'Milk',
      line: null,
    });
    const meter = bench.scan(id, CODES.meter);
    expect(meter).toMatchObject({ kind: 'problem', problem: 'serialNeeded' });
    expect(bench.totals(id)).toEqual({});
    const said = { entryId: milk.entryId, productId: MILK, quantity: 2, ...goods, lot: 'L1' };
    expect(bench.tally.assign(said, BY)).toMatchObject({
      kind: 'ok',
      line: { lot: 'L1', quantity: 2 },
    });
    expect(() => bench.tally.assign(said, BY)).toThrow('counted already');
    const still = bench.tally.assign(
      { entryId: meter.entryId, productId: METER, quantity: 1, ...goods },
      BY,
    );
    expect(still).toMatchObject({ kind: 'problem', problem: 'serialNeeded', line: null });
    expect(bench.view(id).scans).toBe(2);
  });

  it('C10: a serial number is refused the second time, in the tally and in stock', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    const label = (serial: string): string => `]C1010${CODES.meter}21${serial}`;
    expect(bench.scan(id, label('77'))).toMatchObject({ kind: 'ok', line: { serial: '77' } });
    expect(bench.scan(id, label('77'))).toMatchObject({ kind: 'problem', problem: 'serialTwice' });
    bench.level(METER, A2, { serial: '78', quantity: 1 });
    expect(bench.scan(id, label('78'))).toMatchObject({ kind: 'problem', problem: 'serialTwice' });
    expect(bench.view(id)).toMatchObject({ pieces: 1, scans: 3 });
  });
});

describe('F4: the place first', () => {
  it('says where the work cannot go on, and stays where it is', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'issue' });
    bench.level(DRILL, A1, { quantity: 5 });
    expect(bench.scan(id, CODES.drill)).toMatchObject({ kind: 'problem', problem: 'placeNeeded' });
    bench.scan(id, 'A-01');
    expect(bench.scan(id, 'X-01')).toMatchObject({ kind: 'wrongPlace', problem: 'placeBlocked' });
    expect(bench.scan(id, CODES.drill)).toMatchObject({
      kind: 'ok',
      line: { locationCode: 'A-01' },
    });
    const blocked = { tallyId: id, locationId: X1, role: 'at' } as const;
    expect(() => bench.tally.place(blocked)).toThrow('X-01 cannot be used here');
    expect(() => started(bench, { kind: 'move', locationId: X1 })).toThrow('X-01 cannot');
    expect(bench.tally.list({ kind: 'move', siteId: null })).toEqual([]);
  });

  it('C2: goods that are not here get the tone of the wrong place, and count if a person says so', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'issue', locationId: A1 });
    bench.level(DRILL, A2, { quantity: 5 });
    const scan = bench.scan(id, CODES.drill);
    expect(scan).toMatchObject({ kind: 'wrongPlace', problem: 'notHere', line: null });
    const said = { entryId: scan.entryId, productId: DRILL, quantity: 1, ...goods };
    expect(bench.tally.assign(said, BY)).toMatchObject({ kind: 'ok', line: { quantity: 1 } });
  });

  it('more than is here, and goods that have expired, are noticed when they leave', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'issue', locationId: A1 });
    bench.level(DRILL, A1, { quantity: 1 });
    expect(bench.scan(id, CODES.drill)).toMatchObject({ kind: 'ok' });
    expect(bench.scan(id, CODES.drill)).toMatchObject({
      kind: 'suspect',
      problem: 'moreThanExpected',
    });
    bench.level(MILK, A1, { lot: 'OLD', quantity: 4, expires_on: NOON - 2 * DAY });
    const label = `]C1010${CODES.milk}10OLD`;
    expect(bench.scan(id, label)).toMatchObject({
      kind: 'problem',
      problem: 'expired',
      line: null,
    });
  });

  it('moves from the first place to the one that is scanned after the goods', () => {
    const bench = newBench();
    bench.level(DRILL, A1, { quantity: 5 });
    const id = started(bench, { kind: 'move' });
    bench.scan(id, 'A-02');
    bench.scan(id, 'A-01');
    bench.scan(id, CODES.drill);
    const input = { tallyId: id, donePlaces: [], reason: null };
    expect(() => bench.tally.post(input, BY)).toThrow('Scan the place that the goods go to');
    bench.scan(id, 'B-01');
    expect(bench.view(id)).toMatchObject({ locationId: A1, toLocationId: B1 });
    bench.tally.post(input, BY);
    expect(bench.made('stock_movement')).toMatchObject([
      { kind: 'move', from_location_id: A1, to_location_id: B1, quantity: 1, person_id: PERSON },
    ]);
  });

  it('goods received before a place was said are put where the place is scanned', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive' });
    bench.scan(id, CODES.drill);
    expect(bench.view(id).items).toMatchObject([{ locationId: null, problem: 'placeNeeded' }]);
    const input = { tallyId: id, donePlaces: [], reason: null };
    expect(() => bench.tally.post(input, BY)).toThrow('where these goods are put');
    bench.scan(id, 'A-01');
    bench.scan(id, CODES.drill);
    expect(bench.view(id).items).toMatchObject([
      { locationCode: 'A-01', quantity: 2, problem: null },
    ]);
  });
});

describe('S5, S7, F12: a tally outlives the process', () => {
  it('comes back as it was, and starting it again goes on with it', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    bench.scan(id, CODES.drill);
    const before = bench.view(id);
    const after = bench.restart();
    expect(after.list({ kind: null, siteId: SITE })).toMatchObject([
      { tallyId: id, scans: 1, personName: 'Mara', locationCode: 'A-01' },
    ]);
    expect(started(bench, { kind: 'receive' })).toBe(id);
    expect(bench.view(id)).toEqual(before);
  });

  it('R1: a scan that was stored and not looked up is looked up by whoever looks next', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    // As a kill between the two commits leaves it.
    const { db } = bench.files.work;
    const insert = db.prepare(
      'INSERT INTO tally_entry (entry_id, tally_id, at, text, raw) VALUES (?, ?, ?, ?, ?)',
    );
    for (let at = 0; at < 3; at++) {
      insert.run(bench.newId(), id, NOON + at * 1_000, CODES.drill, CODES.drill);
      db.prepare('UPDATE tally SET scans = scans + 1').run();
    }
    bench.restart();
    expect(bench.totals(id)).toEqual({ Drill: 3 });
    expect(bench.view(id)).toMatchObject({ scans: 3, suspects: 0 });
    const posted = bench.tally.post({ tallyId: id, donePlaces: [], reason: null }, BY);
    expect(posted.pieces).toBe(3);
  });
});

describe('C9: taking back', () => {
  it('takes a scan back with a reason, and keeps it as history', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    const box = bench.scan(id, CODES.drillBox);
    bench.scan(id, CODES.drill);
    bench.tally.void({ entryId: box.entryId, reason: 'fell' });
    bench.tally.void({ entryId: box.entryId, reason: 'again' });
    expect(bench.totals(id)).toEqual({ Drill: 1 });
    expect(bench.view(id)).toMatchObject({
      scans: 1,
      entries: [{ voidReason: null }, { voidReason: 'fell', quantity: 12 }],
    });
  });

  it('a line that nothing is left of is gone', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    const { entryId } = bench.scan(id, CODES.drill);
    bench.tally.void({ entryId, reason: 'fell' });
    expect(bench.view(id)).toMatchObject({ items: [], lines: 0, scans: 0 });
  });
});

describe('S12: typed numbers', () => {
  it('take the place of the scans before them, and later scans are added', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    const first = bench.scan(id, CODES.drill);
    const typed = { tallyId: id, productId: DRILL, locationId: A1, ...goods, quantity: 40 };
    expect(bench.tally.type(typed)).toMatchObject({ quantity: 40, typed: 40, scanned: 1 });
    expect(bench.scan(id, CODES.drill)).toMatchObject({ line: { quantity: 41, scanned: 2 } });
    bench.tally.void({ entryId: first.entryId, reason: 'before' });
    expect(bench.totals(id)).toEqual({ Drill: 41 });
    expect(bench.tally.type({ ...typed, quantity: null })).toMatchObject({
      quantity: 1,
      typed: null,
    });
  });

  it('make a line without any scan, and take it away again', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    const typed = { tallyId: id, productId: DRILL, locationId: A1, ...goods, quantity: 0 };
    expect(bench.tally.type(typed)).toMatchObject({ quantity: 0 });
    expect(bench.tally.type({ ...typed, quantity: null })).toBeNull();
    expect(bench.view(id)).toMatchObject({ items: [], lines: 0 });
    expect(() => bench.tally.type({ ...typed, productId: testId('product', 99) })).toThrow(
      'This product is not on this laptop',
    );
    expect(() => bench.tally.type({ ...typed, serial: '5', quantity: 2 })).toThrow(
      'only one piece',
    );
  });
});

describe('C2: unknown codes', () => {
  it('are kept beyond the posting, and go on into the next tally when somebody knows them', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    bench.scan(id, CODES.drill);
    const { entryId } = bench.scan(id, '999999');
    bench.tally.post({ tallyId: id, donePlaces: [], reason: null }, BY);
    expect(bench.tally.unknown()).toMatchObject([
      { code: '999999', tallyId: id, locationCode: 'A-01' },
    ]);
    const said = { entryId, productId: DRILL, quantity: 3, ...goods };
    expect(bench.tally.assign(said, BY)).toMatchObject({
      kind: 'ok',
      scans: 1,
      line: { quantity: 3 },
    });
    expect(bench.tally.unknown()).toEqual([]);
    const next = started(bench, { kind: 'receive' });
    expect(next).not.toBe(id);
    expect(bench.totals(next)).toEqual({ Drill: 3 });
    expect(bench.view(id)).toMatchObject({ state: 'posted', pieces: 1, scans: 1 });
  });

  it('can be dismissed with a reason', () => {
    const bench = newBench();
    const id = started(bench, { kind: 'receive', locationId: A1 });
    const { entryId } = bench.scan(id, '999999');
    bench.tally.void({ entryId, reason: 'a pallet label' });
    expect(bench.tally.unknown()).toEqual([]);
  });
});

describe('giving up', () => {
  it('an empty tally goes at once, another needs a reason and stays as history', () => {
    const bench = newBench();
    const empty = started(bench, { kind: 'receive' });
    bench.tally.discard({ tallyId: empty, reason: null });
    const id = started(bench, { kind: 'receive', locationId: A1 });
    expect(id).not.toBe(empty);
    bench.scan(id, CODES.drill);
    expect(() => bench.tally.discard({ tallyId: id, reason: null })).toThrow('Say why');
    bench.tally.discard({ tallyId: id, reason: 'wrong truck' });
    expect(bench.view(id)).toMatchObject({ state: 'discarded', pieces: 1 });
    expect(() => bench.scan(id, CODES.drill)).toThrow('posted or given up');
    expect(bench.tally.list({ kind: null, siteId: null })).toEqual([]);
  });
});
