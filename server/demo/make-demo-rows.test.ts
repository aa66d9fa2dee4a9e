import { describe, expect, it } from 'vitest';
import { checkGtin } from '../../shared/domain/gtin.ts';
import { entityNamed } from '../../shared/entities/registry.ts';
import { DEMO_BRANDS } from './demo-brands.ts';
import { makeDemoRows } from './make-demo-rows.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 5, 1, 9);
const TODAY = Date.UTC(2026, 5, 1);
const rows = makeDemoRows(7, NOW);

function repeated(values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

describe('makeDemoRows', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(makeDemoRows(7, NOW)).toEqual(rows);
    expect(makeDemoRows(8, NOW)).not.toEqual(rows);
  });

  it('makes a catalogue of the promised size', () => {
    expect(rows.product.length).toBeGreaterThan(3_500);
    expect(rows.product.length).toBeLessThan(4_500);
    expect(rows.brand).toHaveLength(60);
    expect(rows.site.map((site) => site.code)).toEqual(['HAM', 'BCN']);
    expect(rows.location).toHaveLength(254);
    expect(rows.person).toHaveLength(4);
    expect(rows.delivery).toHaveLength(6);
    expect(rows.stock_count).toHaveLength(2);
  });

  it('makes rows that every entity takes', () => {
    for (const [entity, entityRows] of Object.entries(rows)) {
      const { schema } = entityNamed(entity);
      for (const row of entityRows as readonly object[]) {
        expect(schema.safeParse(row)).toEqual({ success: true, data: row });
      }
    }
  });

  it('names everything once', () => {
    expect(repeated(rows.product.map((product) => product.sku))).toEqual([]);
    expect(repeated(rows.product.map((product) => `${product.brand_id} ${product.name}`))).toEqual(
      [],
    );
    expect(repeated(rows.barcode.map((barcode) => barcode.code))).toEqual([]);
    expect(
      repeated(rows.category.map((category) => `${category.parent_id} ${category.name}`)),
    ).toEqual([]);
    expect(
      repeated(
        rows.stock_level.map(({ product_id, location_id, lot, serial }) =>
          [product_id, location_id, lot, serial].join(' '),
        ),
      ),
    ).toEqual([]);
    const all = Object.values(rows) as readonly (readonly { id: string }[])[];
    expect(repeated(all.flat().map((row) => row.id))).toEqual([]);
  });

  it('fills in every name', () => {
    expect(rows.product.filter(({ name }) => /[{}]|undefined| {2}/.test(name))).toEqual([]);
  });

  it('uses EAN-13 codes that nobody else can have', () => {
    for (const { code } of rows.barcode) {
      expect(code).toMatch(/^2\d{12}$/);
      expect(checkGtin(code)).toBe('right');
    }
  });

  it('gives most products a pack with a barcode of its own', () => {
    const packs = rows.barcode.filter((barcode) => barcode.pack_quantity > 1);
    expect(packs.length).toBeGreaterThan(rows.product.length / 2);
  });

  it('makes a tree of two or three levels in which every product is a leaf’s', () => {
    const parents = new Map(rows.category.map((category) => [category.id, category.parent_id]));
    const inner = new Set(parents.values());
    for (const { category_id: leaf } of rows.product) {
      let depth = 0;
      for (let at = leaf; at !== null; at = parents.get(at) ?? null) depth += 1;
      expect(depth).toBeGreaterThanOrEqual(2);
      expect(depth).toBeLessThanOrEqual(3);
      expect(inner.has(leaf)).toBe(false);
    }
  });

  it('names products in four languages, about a quarter each', () => {
    const languages = new Map(DEMO_BRANDS.map((brand) => [brand.code, brand.language]));
    const byBrand = new Map(rows.brand.map((brand) => [brand.id, languages.get(brand.code ?? '')]));
    const byLanguage = Map.groupBy(rows.product, ({ brand_id: id }) => byBrand.get(id ?? ''));
    for (const language of ['en', 'de', 'es', 'ru'] as const) {
      const share = (byLanguage.get(language)?.length ?? 0) / rows.product.length;
      expect(share).toBeGreaterThan(0.15);
      expect(share).toBeLessThan(0.4);
    }
    for (const { name } of byLanguage.get('ru') ?? []) expect(name).toMatch(/[а-яё]/i);
    for (const { name } of byLanguage.get('de') ?? []) expect(name).not.toMatch(/[а-яё]/i);
  });

  it('uses every brand', () => {
    expect(new Set(rows.product.map((product) => product.brand_id)).size).toBe(rows.brand.length);
  });

  it('has stock that is plenty, low and none', () => {
    const products = new Map(rows.product.map((product) => [product.id, product]));
    const none = rows.stock_level.filter((level) => level.quantity === 0);
    const low = rows.stock_level.filter(
      (level) =>
        level.quantity > 0 && level.quantity < (products.get(level.product_id)?.min_stock ?? 0),
    );
    for (const some of [none, low]) {
      expect(some.length).toBeGreaterThan(rows.stock_level.length / 50);
      expect(some.length).toBeLessThan(rows.stock_level.length / 4);
    }
  });

  it('F18: tells goods apart as their product asks', () => {
    const products = new Map(rows.product.map((product) => [product.id, product]));
    const kinds = Map.groupBy(rows.product, ({ tracking }) => tracking);
    for (const kind of ['lot', 'serial'] as const) {
      expect(kinds.get(kind)?.length).toBeGreaterThan(30);
    }
    for (const { product_id: id, lot, serial, quantity, expires_on: day } of rows.stock_level) {
      const { tracking, tracks_expiry: tracksExpiry } = products.get(id) ?? {};
      expect([lot !== '', serial !== '', day !== null]).toEqual([
        tracking === 'lot',
        tracking === 'serial',
        tracksExpiry,
      ]);
      if (tracking === 'serial') expect(quantity).toBe(1);
    }
    const days = rows.stock_level.flatMap(({ expires_on: day }) => day ?? []);
    expect(days.every((day) => day % DAY_MS === 0)).toBe(true);
    expect(days.some((day) => day < TODAY)).toBe(true);
  });

  it('expects a delivery today at every site, with goods of each kind', () => {
    const products = new Map(rows.product.map((product) => [product.id, product.tracking]));
    for (const { id } of rows.site) {
      const due = rows.delivery.filter(
        ({ site_id: siteId, expected_at: at }) =>
          siteId === id && Math.floor((at ?? 0) / DAY_MS) * DAY_MS === TODAY,
      );
      expect(due).toHaveLength(1);
      expect(rows.stock_count.filter(({ site_id: siteId }) => siteId === id)).toHaveLength(1);
      expect(rows.location.filter((one) => one.site_id === id && one.code === 'DOCK-1')).toEqual([
        expect.objectContaining({ zone: 'DOCK' }),
      ]);
    }
    for (const delivery of rows.delivery) {
      const lines = rows.delivery_line.filter((line) => line.delivery_id === delivery.id);
      expect(lines.length).toBeGreaterThanOrEqual(4);
      expect(lines.length).toBeLessThanOrEqual(8);
      const kinds = lines.map((line) => products.get(line.product_id));
      expect(kinds).toEqual(expect.arrayContaining(['lot', 'serial']));
    }
  });
});
