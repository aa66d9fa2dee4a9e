import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCheckDigit } from '../../shared/domain/gtin.ts';
import { composeLabel, type LabelContent } from './compose-label.ts';
import { encodeBarcode, rememberEncodings } from './encode-barcode.ts';
import { LABEL_LAYOUTS } from './label-layout.ts';
import { symbologyFor } from './symbology-for.ts';
import { textWidth } from './text-width.ts';

const encodings = rememberEncodings();
const compose = (content: LabelContent, width: number, height: number) =>
  composeLabel(
    content,
    { width, height, dot: 0.125 },
    content.code === null ? [] : encodings(content.code),
  );

const PRODUCT: LabelContent = {
  huge: '',
  name: 'Hex bolt M8×30, zinc plated, with nut and washer',
  left: 'T-10009 · pcs',
  right: '€34.77',
  code: '4006381333931',
  readable: '4006381333931',
};

describe('F20: barcodes', () => {
  it.each([
    ['4006381333931', 'ean13'],
    ['96385074', 'ean8'],
    ['036000291452', 'upca'],
    ['14006381333938', 'itf14'],
    ['4006381333932', 'code128'],
    ['T-10009', 'code128'],
    ['LOC:A-01-3', 'code128'],
    ['(01)04006381333931(10)LOT7', 'gs1_128'],
    ['(01)04006381333931(17)270131(10)LOT7/2026-04', 'gs1datamatrix'],
    ['LOC:A place whose code nobody can remember', 'qrcode'],
    ['Größe 7', 'qrcode'],
  ])('%s is printed as %s', (code, symbology) => {
    expect(symbologyFor(code)).toBe(symbology);
    expect(encodeBarcode(code, symbologyFor(code))).not.toBeNull();
  });

  it('is an EAN of 95 narrowest bars, the first and last of them dark', () => {
    const barcode = encodeBarcode('4006381333931', 'ean13');
    expect(barcode).toMatchObject({ width: 95, height: 1, quiet: 11 });
    expect(barcode?.path).toMatch(/^M0 0h1v1h-1zM2 0h1v1h-1z.*M94 0h1v1h-1z$/);
  });

  it('still prints what only looks like GS1, as a plain code', () => {
    expect([...encodings('(01)123')].map(({ symbology }) => symbology)).toEqual(['qrcode']);
  });
});

const anyContent: fc.Arbitrary<LabelContent> = fc
  .record({
    huge: fc.oneof(fc.constant(''), fc.string({ minLength: 1, maxLength: 20 })),
    name: fc.oneof(fc.constant(''), fc.lorem({ maxCount: 9 }), fc.string({ maxLength: 80 })),
    left: fc.string({ maxLength: 30 }),
    right: fc.string({ maxLength: 10 }),
    code: fc.oneof(
      fc.constant(null),
      fc.stringMatching(/^\d{12}$/).map(withCheckDigit),
      fc.stringMatching(/^[A-Z0-9-]{1,30}$/),
    ),
  })
  .map((content) => ({ ...content, readable: content.code ?? '' }));

describe('F20: a label', () => {
  it('keeps texts and bars inside its edges, bars apart from texts, and bars wide enough to scan', () => {
    fc.assert(
      fc.property(
        anyContent,
        fc.integer({ min: 25, max: 150 }),
        fc.integer({ min: 15, max: 150 }),
        (content, width, height) => {
          const { texts, bars } = compose(content, width, height);
          for (const { text, x, y, size, isBold, anchor } of texts) {
            const length = textWidth(text, size, isBold);
            const left = x - length * { start: 0, middle: 0.5, end: 1 }[anchor];
            expect(left).toBeGreaterThanOrEqual(-0.01);
            // A single letter of a line may be wider than a label can be narrow; nothing else.
            if ([...text].length > 2) expect(left + length).toBeLessThanOrEqual(width + 0.01);
            expect(y).toBeLessThanOrEqual(height);
          }
          if (!bars) return;
          const { barcode, x, y, scaleX, scaleY } = bars;
          expect(scaleX).toBeGreaterThanOrEqual(0.25);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(x + barcode.width * scaleX).toBeLessThanOrEqual(width);
          expect(y + barcode.height * scaleY).toBeLessThanOrEqual(height);
          const isLinear = barcode.height === 1;
          for (const text of isLinear ? texts : []) {
            const isAbove = text.y <= y;
            const isBelow = text.y - text.size * 0.75 >= y + scaleY;
            expect(isAbove || isBelow).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(Object.entries(LABEL_LAYOUTS))(
    'has a product with name, SKU, price, bars and digits on %s',
    (_name, { label }) => {
      const { texts, bars } = compose(PRODUCT, label.width, label.height);
      const said = texts.map(({ text }) => text);
      expect(said.join(' ')).toContain('Hex bolt M8×30');
      expect(said).toEqual(expect.arrayContaining(['T-10009 · pcs', '€34.77', '4006381333931']));
      expect(bars?.barcode.symbology).toBe('ean13');
      expect(bars?.scaleY).toBeGreaterThanOrEqual(5);
    },
  );

  it('makes the code of a place the largest thing on it', () => {
    const { texts } = compose(
      { ...PRODUCT, huge: 'A-01-3', name: 'Bulk floor', code: 'LOC:A-01-3', readable: '' },
      57,
      32,
    );
    const [code, ...others] = texts.toSorted((a, b) => b.size - a.size);
    expect(code).toMatchObject({ text: 'A-01-3', isBold: true });
    expect(Math.max(...others.map(({ size }) => size)) * 2).toBeLessThan(code?.size ?? 0);
    expect(code?.size).toBeGreaterThan(8);
  });

  it('falls back to squares where bars would be too narrow, and to none where nothing could be scanned', () => {
    const long = { ...PRODUCT, code: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' };
    expect(compose(long, 100, 50).bars?.barcode.symbology).toBe('code128');
    expect(compose(long, 57, 32).bars?.barcode.symbology).toBe('qrcode');
    expect(compose(long, 12, 10).bars).toBeNull();
  });
});
