import type { StoredRow } from '../../shared/entities/define-entity.ts';
import type { FakeCatalogue } from './fake-catalogue.ts';
import { fakeId, fakeLocation, LOCATIONS_PER_SITE } from './fake-catalogue.ts';

const FAKE_PEOPLE = [
  { name: 'Mara Lind', role: 'supervisor' },
  { name: 'Jonas Weber', role: 'counter' },
  { name: 'Ana Prieto', role: 'picker' },
] as const;

export function fakePersonId(at: number): string {
  return fakeId(13, at);
}

export type FakeRows = Map<string, Map<string, StoredRow>>;

export function fakeLocationId(siteAt: number, index: number): string {
  return fakeId(6, siteAt * 1_000 + index);
}

/** Rows of the entities that people write, and of those that these point to. */
export function startingRows(catalogue: FakeCatalogue): FakeRows {
  const rows: FakeRows = new Map();
  const put = (entity: string, row: StoredRow & { id: string }): void => {
    const own = rows.get(entity) ?? new Map<string, StoredRow>();
    rows.set(entity, own.set(row.id, row));
  };
  catalogue.sites.forEach((site, siteAt) => {
    put('site', { id: site.id, code: site.code, name: site.name });
    for (let index = 0; index < LOCATIONS_PER_SITE; index++) {
      put('location', locationRow(site.id, siteAt, index));
    }
    put('delivery', {
      id: fakeId(10, siteAt),
      site_id: site.id,
      code: `DEL-${String(301 + siteAt)}`,
      supplier: siteAt === 0 ? 'Havel & Sons' : 'Northline',
      state: 'expected',
      expected_at: null,
      note: null,
    });
  });
  catalogue.products.slice(0, 3).forEach((product, at) => {
    put('product_note', { id: product.id, text: `Count the boxes, not the pieces (${at + 1}).` });
    put('delivery_line', {
      id: fakeId(11, at),
      site_id: catalogue.sites[0]?.id ?? '',
      delivery_id: fakeId(10, 0),
      product_id: product.id,
      expected: 40 * (at + 1),
      received: 0,
    });
  });
  FAKE_PEOPLE.forEach(({ name, role }, at) => {
    put('person', { id: fakePersonId(at), name, role, active: 1 });
  });
  for (const { id, sku, name } of catalogue.products) put('product', { id, sku, name });
  return rows;
}

function locationRow(siteId: string, siteAt: number, index: number): StoredRow & { id: string } {
  const { code, name, zone } = fakeLocation(index);
  return {
    id: fakeLocationId(siteAt, index),
    site_id: siteId,
    code,
    name,
    zone,
    capacity: index % 5 === 0 ? 120 : null,
    blocked: index % 19 === 7 ? 1 : 0,
    note: index % 9 === 4 ? 'Ladder needed' : null,
  };
}
