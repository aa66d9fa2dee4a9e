import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { PUT_AWAY_REASONS } from '../desktop/delivery-views.ts';
import { DOCK_ZONE, rankPlaces } from './rank-places.ts';

const somePlace = fc.record({
  locationId: fc.uuid(),
  code: fc.string({ minLength: 1, maxLength: 6 }),
  zone: fc.constantFrom('A', 'B', DOCK_ZONE, null),
  blocked: fc.boolean(),
  capacity: fc.option(fc.nat(50)),
  filled: fc.nat(40),
  product: fc.nat(3),
  lot: fc.nat(2),
  category: fc.nat(2),
});

/** fast-check prints the seed of a failure. */
it('F14: proposes few places, the best reason first, none blocked, none a dock, none too full, none where the goods are', () => {
  fc.assert(
    fc.property(
      fc.array(somePlace, { maxLength: 30 }),
      fc.constantFrom('', 'L1'),
      fc.integer({ min: 1, max: 20 }),
      (places, lot, quantity) => {
        const fromLocationId = places[0]?.locationId ?? '';
        const ranked = rankPlaces(places, { fromLocationId, lot, quantity, limit: 5 });
        expect(ranked.length).toBeLessThanOrEqual(5);
        for (const { place, room } of ranked) {
          expect(place.blocked).toBe(false);
          expect(place.zone).not.toBe(DOCK_ZONE);
          expect(place.locationId).not.toBe(fromLocationId);
          if (room !== null) expect(room).toBeGreaterThanOrEqual(quantity);
        }
        const ranks = ranked.map(({ reason }) => PUT_AWAY_REASONS.indexOf(reason));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        const reasons = new Set(ranked.map(({ reason }) => reason));
        if (lot === '') expect(reasons.has('sameLot')).toBe(false);
        for (const { place, reason } of ranked) {
          if (reason === 'sameLot') expect(place.lot).toBeGreaterThan(0);
          if (reason === 'sameProduct') expect(place.product).toBeGreaterThan(0);
          if (reason === 'sameCategory') expect(place.category).toBeGreaterThan(0);
          if (reason === 'empty') expect(place.filled).toBe(0);
        }
      },
    ),
  );
});
