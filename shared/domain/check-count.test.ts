import { describe, expect, it } from 'vitest';
import { type CheckedLine, checkCount, type CountProblemCode } from './check-count.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;

function line(key: string, change: Partial<CheckedLine> = {}): CheckedLine {
  return {
    key,
    product: { id: `product ${key}`, tracking: 'none', tracksExpiry: false },
    place: { isPlanned: true },
    lot: '',
    serial: '',
    expiresOn: null,
    counted: 5,
    book: 5,
    after: 5,
    ...change,
  };
}

const byLot = { id: 'p', tracking: 'lot', tracksExpiry: true } as const;
const bySerial = { id: 'p', tracking: 'serial', tracksExpiry: false } as const;

describe('a line', () => {
  it.each<[string, Partial<CheckedLine>, readonly CountProblemCode[]]>([
    ['that is right', {}, []],
    ['of a product that nobody knows', { product: null }, ['unknownProduct']],
    ['at a place that nobody knows', { place: null }, ['unknownPlace']],
    [
      'at a place that was not to be counted',
      { place: { isPlanned: false } },
      ['placeOutsidePlan'],
    ],
    ['that waits for a recount', { counted: null }, ['notCounted']],
    ['of less than nothing', { counted: -1 }, ['negative']],
    ['that is too much for a ledger', { counted: 2_000_000_000, book: null }, ['tooMany']],
    ['without its lot', { product: byLot, expiresOn: NOW }, ['lotMissing']],
    ['without the day that it expires', { product: byLot, lot: 'L1' }, ['expiryMissing']],
    ['of no goods needs no lot', { product: byLot, counted: 0, book: 0 }, []],
    ['without its serial number', { product: bySerial, counted: 1 }, ['serialMissing']],
    ['of two with one number', { product: bySerial, counted: 2, serial: 'S' }, ['serialMany']],
    ['that has expired', { expiresOn: NOW - DAY }, ['expired']],
    ['that expires today', { expiresOn: NOW }, []],
    ['that is far off', { counted: 100, book: 10, after: 100 }, ['farOff']],
    ['that is a little off', { counted: 3, book: 10, after: 3 }, []],
    ['after which the ledger is below zero', { after: -1 }, ['belowZero']],
  ])('%s', (_, change, codes) => {
    expect(checkCount([line('a', change)], NOW).map(({ code }) => code)).toEqual(codes);
  });

  it('with a serial number that another line has is wrong, and so is the other', () => {
    const same = { product: bySerial, counted: 1, serial: 'S1' };
    const gone = { ...same, counted: 0, book: 0 };
    const found = checkCount([line('a', same), line('b', gone), line('c', same)], NOW);
    expect(found).toEqual([
      { key: 'a', code: 'serialTwice', isError: true },
      { key: 'c', code: 'serialTwice', isError: true },
    ]);
  });
});

it('S16: 20,000 lines are looked at in one pass, and everything that is wrong is said', () => {
  const kinds: Partial<CheckedLine>[] = [{}, { product: null }, { counted: -1 }, { place: null }];
  const lines = Array.from({ length: 20_000 }, (_, number) =>
    line(String(number), kinds[number % kinds.length]),
  );
  let looks = 0;
  const watched = lines.map((one) => ({
    ...one,
    get counted() {
      looks += 1;
      return one.counted;
    },
  }));
  const problems = checkCount(watched, NOW);
  expect(problems).toHaveLength(15_000);
  expect(new Set(problems.map(({ key }) => key)).size).toBe(15_000);
  // A bounded number of looks at each line, however many there are.
  expect(looks).toBeLessThan(20 * lines.length);
});
