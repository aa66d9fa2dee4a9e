import { countLineId, countPlaceId } from '../../shared/domain/count-ids.ts';
import { COUNT_STAGES, type CountStage } from '../../shared/entities/stock-count.ts';
import type { RecordWrite } from '../../shared/desktop/record-views.ts';
import type { SyncBench } from './sync-bench.ts';
import { countRow, idOf, levelRow, personRow } from './server-rows.ts';
import { PLACE, PRODUCT, SITE, type SyncWorld, useSyncWorlds } from './sync-world.ts';

export const COUNT = idOf(900);
export const COUNTER = idOf(701);
export const APPROVER = idOf(709);
export const GOODS = { product_id: PRODUCT, location_id: PLACE, lot: '', serial: '' };

export interface CountingWorld extends SyncWorld {
  /** What the server's ledger holds of the first product at the first place. */
  level: () => Promise<number>;
  /** What counts have posted for it, in the order of recording. */
  posted: () => Promise<number[]>;
}

/** A server with ten pieces of a product at a place and a count of it, and laptops that know of both. */
export function useCountingWorlds(): (stage?: CountStage) => Promise<CountingWorld> {
  const newWorld = useSyncWorlds();
  return async (stage = 'counting') => {
    const world = await newWorld();
    await world.office(async (tx) => {
      await tx.insert('person', [personRow(709), personRow(710)]);
      await tx.insert('stock_level', [levelRow(10, { site_id: SITE })]);
      await tx.insert('stock_count', [countRow(900, { stage: COUNT_STAGES[stage] })]);
    });
    const { store } = world.server;
    return {
      ...world,
      level: async () => {
        const rows = await store.reader
          .selectFrom('stock_level')
          .select('quantity')
          .where('product_id', '=', PRODUCT)
          .where('location_id', '=', PLACE)
          .execute();
        return rows.reduce((sum, { quantity }) => sum + quantity, 0);
      },
      posted: async () => {
        const rows = await store.reader
          .selectFrom('stock_movement')
          .select('quantity')
          .where('count_id', '=', COUNT)
          .orderBy('id')
          .execute();
        return rows.map(({ quantity }) => quantity);
      },
    };
  };
}

/** Somebody sees some of the goods, and says so on this laptop. */
export function sees(
  laptop: SyncBench,
  quantity: number,
  { at, by = COUNTER, round = 1 }: { at: number; by?: string; round?: number },
): string {
  const row = {
    site_id: SITE,
    count_id: COUNT,
    ...GOODS,
    expires_on: null,
    round,
    quantity,
    seen_at: at,
    person_id: by,
    note: null,
    reverses: null,
  };
  const write: RecordWrite = { kind: 'create', entity: 'count_observation', row };
  return laptop.person.write([write]).operationId ?? '';
}

/** Nobody would find more at the place. */
export function finishes(laptop: SyncBench, at: number): void {
  const row = {
    site_id: SITE,
    count_id: COUNT,
    location_id: PLACE,
    person_id: COUNTER,
    done_at: at,
  };
  const id = countPlaceId(COUNT, PLACE);
  laptop.person.write([{ kind: 'create', entity: 'count_place', id, row }]);
}

export function asksForRecount(laptop: SyncBench): void {
  const row = { site_id: SITE, count_id: COUNT, ...GOODS, round: 2 };
  const id = countLineId(COUNT, GOODS);
  laptop.person.write([{ kind: 'create', entity: 'count_line', id, row }]);
}

export function takesFurther(laptop: SyncBench, stage: CountStage): void {
  const fields = { stage: COUNT_STAGES[stage] };
  laptop.person.write([{ kind: 'update', entity: 'stock_count', id: COUNT, fields }]);
}

export function approves(laptop: SyncBench, by: string = APPROVER): string {
  const fields = { stage: COUNT_STAGES.approved, approved_by: by, approved_at: laptop.now };
  const write: RecordWrite = { kind: 'update', entity: 'stock_count', id: COUNT, fields };
  return laptop.person.write([write]).operationId ?? '';
}

/** Goods come to the place, or leave it. */
export function moves(laptop: SyncBench, change: number, at: number): void {
  laptop.now = at;
  laptop.person.recordMovement({
    kind: change > 0 ? 'receive' : 'issue',
    productId: PRODUCT,
    locationId: PLACE,
    quantity: Math.abs(change),
  });
}
