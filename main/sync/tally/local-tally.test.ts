import { describe, expect, it } from 'vitest';
import { tallyStartInput } from '../../../shared/desktop/tally-views.ts';
import { A1, BY, CODES, SITE, useTallyBench } from '../../../tests/support/tally-bench.ts';

const bench = useTallyBench();

describe('a tally of goods that come', () => {
  it('F5: adds every scan to a running total, packs by their content', () => {
    const { tally, scan, totals } = bench();
    const { tallyId } = tally.start(
      tallyStartInput.parse({ kind: 'receive', siteId: SITE, locationId: A1 }),
      BY,
    );
    expect(scan(tallyId, CODES.drill)).toMatchObject({
      kind: 'ok',
      scans: 1,
      line: { quantity: 1 },
    });
    expect(scan(tallyId, CODES.drillBox)).toMatchObject({
      kind: 'ok',
      scans: 2,
      line: { quantity: 13 },
    });
    expect(totals(tallyId)).toEqual({ Drill: 13 });
    const posted = tally.post({ tallyId, donePlaces: [], reason: null }, BY);
    expect(posted.pieces).toBe(13);
  });
});
