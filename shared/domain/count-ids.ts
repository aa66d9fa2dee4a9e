import { v5 as uuidv5 } from 'uuid';

/** A namespace of our own, made once at random. */
const NAMESPACE = '7c1b8f0e-6f0a-4a5e-9a36-0d3f6f6c2b71';

/** What tells goods at a place apart. */
export interface GoodsKey {
  product_id: string;
  location_id: string;
  lot: string;
  serial: string;
}

/** The same on every laptop and on the server: a line that is written twice is one row. */
export function countLineId(countId: string, goods: GoodsKey): string {
  const { product_id, location_id, lot, serial } = goods;
  return uuidv5(
    JSON.stringify(['count_line', countId, product_id, location_id, lot, serial]),
    NAMESPACE,
  );
}

export function countPlaceId(countId: string, locationId: string): string {
  return uuidv5(JSON.stringify(['count_place', countId, locationId]), NAMESPACE);
}

/** The count that is planned when this one, which repeats, is approved: one, however often that is heard of. */
export function nextCountId(countId: string): string {
  return uuidv5(JSON.stringify(['next_count', countId]), NAMESPACE);
}
