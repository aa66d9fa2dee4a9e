import type { Kysely } from 'kysely';
import type { StoreLocation } from '../../../../server/store/engine/open-engine.ts';
import { openSnapshotSource } from '../../../../server/store/open-store.ts';
import type { ServerDatabase, UntypedDatabase } from '../../../../server/store/server-database.ts';
import { movementEffects } from '../../../../shared/domain/movement-effects.ts';
import { ENTITIES } from '../../../../shared/entities/registry.ts';
import type { StockMovement } from '../../../../shared/entities/stock-movement.ts';
import type { Rows } from './look-into-laptop.ts';
import { LOCATIONS, OPENING, PRODUCTS } from './opening.ts';

/** Every row of every entity, in the order of ids, as the server keeps them. */
export function serverRows(location: StoreLocation): Promise<Rows> {
  return reading(location, async (db) => {
    const rows: Rows = {};
    for (const { name, columns } of ENTITIES) {
      rows[name] = await (db as unknown as Kysely<UntypedDatabase>)
        .selectFrom(name)
        .select([...columns.map((column) => column.name), 'row_version'])
        .orderBy('id')
        .execute();
    }
    return rows;
  });
}

/** Where every scope stands, with its digest. */
export function serverScopes(location: StoreLocation): Promise<unknown[]> {
  return reading(location, (db) =>
    db
      .selectFrom('sync_scope')
      .select(['scope', 'epoch', 'version', 'row_count as count', 'row_sum as sum'])
      .orderBy('scope')
      .execute(),
  );
}

/** The server's levels, and what they have to be by its movements. By product and location, as `product/location`. */
export function levelsOf(location: StoreLocation) {
  return reading(location, async (db) => {
    const movements = (await db
      .selectFrom('stock_movement')
      .selectAll()
      .orderBy('id')
      .execute()) as StockMovement[];
    const fromMovements: Record<string, number> = {};
    for (const { id } of PRODUCTS) fromMovements[`${id}/${LOCATIONS[0]?.id}`] = OPENING;
    for (const movement of movements) {
      for (const { locationId, change } of movementEffects(movement)) {
        const key = `${movement.product_id}/${locationId}`;
        fromMovements[key] = (fromMovements[key] ?? 0) + change;
      }
    }
    const stored = await db
      .selectFrom('stock_level')
      .select(['product_id', 'location_id', 'quantity'])
      .execute();
    return {
      movementIds: movements.map(({ id }) => id),
      fromMovements,
      levels: Object.fromEntries(
        stored.map((level) => [`${level.product_id}/${level.location_id}`, level.quantity]),
      ),
      productTotals: PRODUCTS.map(({ id }) =>
        stored
          .filter(({ product_id: product }) => product === id)
          .reduce((total, { quantity }) => total + quantity, 0),
      ),
    };
  });
}

/** Every answer that the server has stored, in the order in which it was given. */
export function answersOf(
  location: StoreLocation,
): Promise<{ operationId: string; outcome: { kind: string } }[]> {
  return reading(location, async (db) => {
    const rows = await db
      .selectFrom('sync_mutation')
      .select(['operation_id', 'outcome'])
      .orderBy('answered_at')
      .execute();
    return rows.map(({ operation_id: operationId, outcome }) => ({
      operationId,
      outcome: JSON.parse(outcome) as { kind: string },
    }));
  });
}

async function reading<T>(
  location: StoreLocation,
  look: (db: Kysely<ServerDatabase>) => Promise<T>,
): Promise<T> {
  const { reader, close } = await openSnapshotSource(location);
  try {
    return await look(reader);
  } finally {
    await close();
  }
}
