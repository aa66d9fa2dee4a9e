import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitPacks } from './split-packs.ts';

it('F19: says a quantity in packs as people count it', () => {
  const sizes = [
    { quantity: 12, unit: 'box' },
    { quantity: 144, unit: 'pallet' },
  ];
  expect(splitPacks(160, sizes)).toEqual({
    packs: [
      { quantity: 144, unit: 'pallet', count: 1 },
      { quantity: 12, unit: 'box', count: 1 },
    ],
    rest: 4,
  });
  expect(splitPacks(7, sizes)).toEqual({ packs: [], rest: 7 });
  expect(splitPacks(-7, sizes)).toEqual({ packs: [], rest: 0 });
});

it('F19: never loses a piece, whatever the sizes', () => {
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 5 }),
      (quantity, sizes) => {
        const split = splitPacks(
          quantity,
          sizes.map((size) => ({ quantity: size, unit: null })),
        );
        const packed = split.packs.reduce((sum, pack) => sum + pack.count * pack.quantity, 0);
        expect(packed + split.rest).toBe(quantity);
      },
    ),
  );
});
