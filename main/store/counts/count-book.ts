import type { GoodsKey } from '../../../shared/domain/count-ids.ts';
import { movementEffects } from '../../../shared/domain/movement-effects.ts';
import { movementInstant } from '../../../shared/domain/settle-line.ts';
import type { StockMovement } from '../../../shared/entities/stock-movement.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import { siteScope } from '../../../shared/sync/scope.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { pendingMovements } from '../stock/pending-movements.ts';
import { CONTAINED_POINT } from '../contained-point.ts';

const LEVEL = `SELECT quantity FROM stock_level
  WHERE product_id = ? AND location_id = ? AND lot = ? AND serial = ?`;
const MOVED_SINCE = `SELECT m.kind, m.product_id, m.from_location_id, m.to_location_id, m.quantity, m.moved_at,
    m.reverses, m.count_id, m.lot, m.serial, r.moved_at AS reversed_at
  FROM stock_movement m LEFT JOIN stock_movement r ON r.id = m.reverses
  WHERE m.product_id = ? AND m.moved_at > ? AND m.lot = ? AND m.serial = ?
    AND ? IN (m.from_location_id, m.to_location_id)`;
/** What this laptop has not sent; more than that is offline work of weeks. */
const PENDING_MAX = 20_000;

type Moved = Pick<
  StockMovement,
  | 'kind'
  | 'product_id'
  | 'from_location_id'
  | 'to_location_id'
  | 'quantity'
  | 'moved_at'
  | 'reverses'
  | 'count_id'
  | 'lot'
  | 'serial'
> & { reversed_at: number | null };

export interface BookEntry {
  book: number;
  /** What lies there now. */
  level: number;
  /** Something of it was moved after the first sight of it. */
  isMoved: boolean;
}

/** What the ledger held of some goods at an instant, as far as this laptop knows: the server's levels and its own work. */
export class CountBook {
  readonly #site: SiteReader;
  readonly #pending: ReadonlyMap<string, readonly Moved[]>;

  constructor(reader: ReplicaReader, site: SiteReader) {
    this.#site = site;
    const contained = site.db.first<ContainedPoint>(CONTAINED_POINT);
    const scope = siteScope(site.siteId);
    const all = { productId: null, locationId: null, limit: PENDING_MAX };
    const own = contained ? pendingMovements(reader.work, { scope, contained }, all) : [];
    const byId = new Map(own.map((movement) => [movement.id, movement]));
    const moved = own.map((movement): Moved => ({
      ...movement,
      reversed_at: byId.get(movement.reverses ?? '')?.moved_at ?? null,
    }));
    this.#pending = Map.groupBy(moved, ({ product_id }) => product_id);
  }

  at(goods: GoodsKey, { seenAt, firstSeenAt }: { seenAt: number; firstSeenAt: number }): BookEntry {
    const { product_id: product, location_id: location, lot, serial } = goods;
    const { db } = this.#site;
    const own = (this.#pending.get(product) ?? []).filter(
      (one) => one.lot === lot && one.serial === serial,
    );
    const held = db.value<number>(LEVEL, product, location, lot, serial) ?? 0;
    const level = held + sumAt(location, own);
    const since = [
      ...db.all<Moved>(MOVED_SINCE, product, firstSeenAt, lot, serial, location),
      ...own,
    ];
    const instants = since.map((one) => ({ one, instant: instantOf(one) }));
    const later = instants.flatMap(({ one, instant }) => (instant > seenAt ? [one] : []));
    return {
      level,
      book: level - sumAt(location, later),
      isMoved: instants.some(
        ({ one, instant }) =>
          instant > firstSeenAt && one.count_id === null && sumAt(location, [one]) !== 0,
      ),
    };
  }
}

function instantOf(movement: Moved): number {
  const { reversed_at: at } = movement;
  return movementInstant(movement, at === null ? null : { ...movement, moved_at: at });
}

function sumAt(locationId: string, movements: readonly Moved[]): number {
  return movements
    .flatMap((movement) => movementEffects(movement))
    .reduce((sum, effect) => sum + (effect.locationId === locationId ? effect.change : 0), 0);
}
