import type { SyncBench } from './sync-bench.ts';
import { PLACE, PRODUCT, type SyncWorld } from './sync-world.ts';

/** Somebody takes in so many of the product, with or without a network. Returns the number of the operation. */
export function receive(laptop: SyncBench, quantity: number): string {
  return laptop.person.recordMovement({
    kind: 'receive',
    productId: PRODUCT,
    locationId: PLACE,
    toLocationId: null,
    quantity,
    reason: null,
  });
}

/** What the server knows to be taken in, by size: tests receive 1, 2, 4 and so on, so that nothing hides in a sum. */
export async function received({ server }: SyncWorld): Promise<number[]> {
  const rows = await server.store.reader.selectFrom('stock_movement').select('quantity').execute();
  return rows.map(({ quantity }) => quantity).toSorted((a, b) => a - b);
}
