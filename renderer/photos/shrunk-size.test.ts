import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { PHOTO_SIDE_MAX, shrunkSize } from './shrunk-size.ts';

it('F23: a photo keeps its shape, is never made larger, and never vanishes', () => {
  expect(shrunkSize({ width: 4_000, height: 3_000 })).toEqual({ width: 1_600, height: 1_200 });
  expect(shrunkSize({ width: 300, height: 200 })).toEqual({ width: 300, height: 200 });
  const side = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const shrunk = shrunkSize({ width, height });
      expect(Math.max(shrunk.width, shrunk.height)).toBeLessThanOrEqual(
        Math.min(PHOTO_SIDE_MAX, Math.max(width, height)),
      );
      expect(Math.min(shrunk.width, shrunk.height)).toBeGreaterThanOrEqual(1);
      // To the pixel: what rounding moves is half of one on either side.
      expect(Math.abs(shrunk.width * height - shrunk.height * width)).toBeLessThanOrEqual(
        Math.max(width, height),
      );
    }),
  );
});
