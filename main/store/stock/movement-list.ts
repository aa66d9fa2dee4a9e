import type { MovementListInput, MovementView } from '../../../shared/desktop/stock-views.ts';
import { type StockMovement, stockMovement } from '../../../shared/entities/stock-movement.ts';
import { siteScope } from '../../../shared/sync/scope.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import type { StatementCache } from '../statement-cache.ts';
import { pendingMovements } from './pending-movements.ts';

const POINT = 'SELECT contained_device AS deviceId, contained_number AS number FROM replica';
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
const PRODUCT_NAMES = 'SELECT id, name FROM product WHERE id IN (SELECT value FROM json_each(?))';
/** A movement that was refused is sent again as another operation: the newest of them counts. */
const OPERATIONS = `SELECT c.row_id AS rowId, o.operation_id AS operationId
  FROM operation_change c JOIN operation o ON o.position = c.position
  WHERE c.entity = 'stock_movement' AND c.row_id IN (SELECT value FROM json_each(?))
    AND o.state IN ('waiting', 'applied', 'conflict') ORDER BY c.position`;

interface Moved {
  siteId: string;
  row: StockMovement;
  pending: boolean;
}

/**
 * The newest movements: first what is pending here, then as the server got them. Their own times only order what is shown:
 * a laptop's clock may be wrong, so it does not decide what is found.
 */
export function movementList(reader: ReplicaReader, input: MovementListInput): MovementView[] {
  const moved = reader.sites
    .flatMap((site) => movedAt(reader.work, site, input))
    .toSorted(newestFirst)
    .slice(0, input.limit);
  const ids = JSON.stringify(moved.map(({ row }) => row.id));
  const operations = new Map(
    reader.work
      .all<{ rowId: string; operationId: string }>(OPERATIONS, ids)
      .map(({ rowId, operationId }) => [rowId, operationId]),
  );
  const names = productNames(reader, moved);
  const codes = locationCodes(reader, moved);
  const people = personNames(reader, moved);
  return moved.map(({ row, pending }) => ({
    id: row.id,
    kind: row.kind,
    productId: row.product_id,
    productName: names.get(row.product_id) ?? null,
    fromCode: codes.get(row.from_location_id) ?? null,
    toCode: codes.get(row.to_location_id) ?? null,
    quantity: row.quantity,
    reason: row.reason,
    reverses: row.reverses,
    movedAt: row.moved_at,
    lot: row.lot,
    serial: row.serial,
    expiresOn: row.expires_on,
    cause: row.cause,
    personId: row.person_id,
    personName: people.get(row.person_id ?? '') ?? null,
    deliveryLineId: row.delivery_line_id,
    countId: row.count_id,
    pending,
    operationId: operations.get(row.id) ?? null,
  }));
}

/** The replica's rows and point as one, the overlay after: a movement that is pulled meanwhile is there once. */
function movedAt(
  work: StatementCache,
  { siteId, db }: SiteReader,
  input: MovementListInput,
): Moved[] {
  const { held, contained } = db.atOnce(() => ({
    held: heldRows(db, input),
    contained: db.first<ContainedPoint>(POINT),
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

function productNames(reader: ReplicaReader, moved: readonly Moved[]): Map<string, string> {
  const ids = JSON.stringify([...new Set(moved.map(({ row }) => row.product_id))]);
  const rows = reader.catalogue.all<{ id: string; name: string }>(PRODUCT_NAMES, ids);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function personNames(reader: ReplicaReader, moved: readonly Moved[]): Map<string, string> {
  const ids = new Set(moved.map(({ row }) => row.person_id).filter((id) => id !== null));
  return new Map(
    [...ids].flatMap((id): [string, string][] => {
      const name = reader.records.get('person', id)?.row['name'];
      return name === undefined ? [] : [[id, String(name)]];
    }),
  );
}

/** By id; no location has none. */
function locationCodes(reader: ReplicaReader, moved: readonly Moved[]): Map<string | null, string> {
  const bySite = Map.groupBy(moved, ({ siteId }) => siteId);
  return new Map(
    [...bySite].flatMap(([siteId, there]) => {
      const places = there.flatMap(({ row }) => [row.from_location_id, row.to_location_id]);
      const ids = [...new Set(places.filter((id) => id !== null))];
      const views = reader.records.several('location', siteId, ids);
      return [...views].map(([id, { row }]): [string, string] => [id, String(row['code'])]);
    }),
  );
}
