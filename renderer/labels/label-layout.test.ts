import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LABEL_LAYOUTS,
  type LabelLayout,
  LABELS_MAX,
  layOutLabels,
  layoutProblem,
} from './label-layout.ts';

const millimetres = (min: number, max: number) =>
  fc.integer({ min: min * 10, max: max * 10 }).map((tenths) => tenths / 10);
const size = (min: number, max: number) =>
  fc.record({ width: millimetres(min, max), height: millimetres(min, max) });

/** Any sheet that people could enter, as long as it holds what it should. */
const anyLayout: fc.Arbitrary<LabelLayout> = fc
  .record({
    paper: size(60, 420),
    label: size(10, 120),
    columns: fc.integer({ min: 1, max: 12 }),
    rows: fc.integer({ min: 1, max: 20 }),
    left: millimetres(0, 30),
    top: millimetres(0, 30),
    gapX: millimetres(0, 10),
    gapY: millimetres(0, 10),
  })
  .filter((layout) => layoutProblem(layout) === null);

const overlap = (
  a: { x: number; y: number },
  b: { x: number; y: number },
  { width, height }: LabelLayout['label'],
): boolean => Math.abs(a.x - b.x) < width - 0.001 && Math.abs(a.y - b.y) < height - 0.001;

describe('F20: labels on their sheet', () => {
  it('puts every label on the paper once, inside its edges and beside all others', () => {
    fc.assert(
      fc.property(anyLayout, fc.nat(150), fc.nat(300), (layout, count, start) => {
        const items = Array.from({ length: count }, (_, at) => at);
        const pages = layOutLabels(layout, items, start);
        expect(pages.flat().map(({ item }) => item)).toEqual(items);
        for (const page of pages) {
          expect(page.length).toBeLessThanOrEqual(layout.columns * layout.rows);
          page.forEach((label, at) => {
            expect(label.x).toBeGreaterThanOrEqual(0);
            expect(label.y).toBeGreaterThanOrEqual(0);
            expect(label.x + layout.label.width).toBeLessThanOrEqual(layout.paper.width + 0.01);
            expect(label.y + layout.label.height).toBeLessThanOrEqual(layout.paper.height + 0.01);
            for (const other of page.slice(at + 1)) {
              expect(overlap(label, other, layout.label)).toBe(false);
            }
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves the used part of the first sheet free, and no other', () => {
    const layout = LABEL_LAYOUTS['a4-70x37'];
    const [first, second] = layOutLabels(
      layout,
      Array.from({ length: 30 }, (_, at) => String(at)),
      20,
    );
    expect(first).toHaveLength(4);
    expect(first?.[0]).toEqual({ item: '0', x: 140, y: 0.5 + 6 * 37 });
    expect(second).toHaveLength(24);
    expect(second?.[0]).toEqual({ item: '4', x: 0, y: 0.5 });
  });

  it('makes a page of its own for each label of a roll, and never more than a person can watch', () => {
    const items = Array.from({ length: LABELS_MAX + 5 }, (_, at) => at);
    const pages = layOutLabels(LABEL_LAYOUTS['roll-57x32'], items, 3);
    expect(pages).toHaveLength(LABELS_MAX);
    expect(pages[7]).toEqual([{ item: 7, x: 0, y: 0 }]);
  });

  it.each(Object.entries(LABEL_LAYOUTS))('knows the sheet %s', (_name, layout) => {
    expect(layoutProblem(layout)).toBeNull();
  });

  it('says what is wrong with a sheet that cannot be', () => {
    const sheet = LABEL_LAYOUTS['a4-70x37'];
    expect(layoutProblem({ ...sheet, columns: 4 })).toBe('offPaper');
    expect(layoutProblem({ ...sheet, gapY: 0.2 })).toBe('offPaper');
    expect(layoutProblem({ ...sheet, rows: 0 })).toBe('count');
    expect(layoutProblem({ ...sheet, columns: 1.5 })).toBe('count');
    expect(layoutProblem({ ...sheet, rows: 51 })).toBe('count');
    expect(layoutProblem({ ...sheet, left: -1 })).toBe('size');
    expect(layoutProblem({ ...sheet, label: { width: Number.NaN, height: 20 } })).toBe('size');
    expect(layoutProblem({ ...sheet, paper: { width: 1e6, height: 20 } })).toBe('size');
  });
});
