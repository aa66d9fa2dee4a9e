import type { MovementListInput, MovementView } from '../../../shared/desktop/stock-views.ts';
import { type StockMovement, stockMovement } from '../../../shared/entities/stock-movement.ts';
import { siteScope } from '../../../shared/sync/scope.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import type { StatementCache } from '../statement-cache.ts';
import { type Moved, movementViews } from './movement-views.ts';
import { pendingMovements } from './pending-movements.ts';
import { CONTAINED_POINT } from '../contained-point.ts';

const COLUMNS = stockMovement.columns.map(({ name }) => name).join(', ');
/** An index on one column gives its rows in the order of `local_id`, so the newest are read and no others. */
const newest = (condition: string): string =>
  `SELECT local_id, ${COLUMNS} FROM stock_movement ${condition} ORDER BY local_id DESC LIMIT ?`;
/** Ends with the first rows that it meets. */
const NEWEST_MOVEMENTS = newest('');
const OF_PRODUCT = newest('WHERE product_id = ?');
const FROM_LOCATION = newest('WHERE from_location_id = ?');
const TO_LOCATION = newest('WHERE to_location_id = ?');
const OF_BOTH = newest('WHERE product_id = ? AND (+from_location_id = ? OR +to_location_id = ?)');

/**
 * The newest movements: first what is pending here, then as the server got them. Their own times only order what is shown:
 * a laptop's clock may be wrong, so it does not decide what is found.
 */
export function movementList(reader: ReplicaReader, input: MovementListInput): MovementView[] {
  const moved = reader.sites
    .flatMap((site) => movedAt(reader.work, site, input))
    .toSorted(newestFirst)
    .slice(0, input.limit);
  return movementViews(reader, moved);
}

/** The replica's rows and point as one, the overlay after: a movement that is pulled meanwhile is there once. */
function movedAt(
  work: StatementCache,
  { siteId, db }: SiteReader,
  input: MovementListInput,
): Moved[] {
  const { held, contained } = db.atOnce(() => ({
    held: heldRows(db, input),
    contained: db.first<ContainedPoint>(CONTAINED_POINT),
  }));
  if (!contained) return [];
  const pending = pendingMovements(work, { scope: siteScope(siteId), contained }, input);
  const ids = new Set(pending.map(({ id }) => id));
  return [
    ...pending.map((row) => ({ siteId, row, pending: true })),
    ...held.filter(({ id }) => !ids.has(id)).map((row) => ({ siteId, row, pending: false })),
  ];
}

function heldRows(
  db: StatementCache,
  { productId, locationId, limit }: MovementListInput,
): StockMovement[] {
  if (locationId === null) {
    return productId === null
      ? db.all<StockMovement>(NEWEST_MOVEMENTS, limit)
      : db.all<StockMovement>(OF_PRODUCT, productId, limit);
  }
  if (productId !== null) {
    return db.all<StockMovement>(OF_BOTH, productId, locationId, locationId, limit);
  }
  const rows = [FROM_LOCATION, TO_LOCATION].flatMap((sql) =>
    db.all<StockMovement & { local_id: number }>(sql, locationId, limit),
  );
  const once = new Map(rows.map((row) => [row.id, row]));
  return [...once.values()].toSorted((a, b) => b.local_id - a.local_id).slice(0, limit);
}

function newestFirst(a: Moved, b: Moved): number {
  if (a.pending !== b.pending) return a.pending ? -1 : 1;
  if (a.row.moved_at !== b.row.moved_at) return b.row.moved_at - a.row.moved_at;
  return a.row.id < b.row.id ? 1 : -1;
}
