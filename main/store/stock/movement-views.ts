import type { MovementView } from '../../../shared/desktop/stock-views.ts';
import type { StockMovement } from '../../../shared/entities/stock-movement.ts';
import type { ReplicaReader } from '../catalogue/replica-reader.ts';

const PRODUCT_NAMES = 'SELECT id, name FROM product WHERE id IN (SELECT value FROM json_each(?))';
/** A movement that was refused is sent again as another operation: the newest of them counts. */
const OPERATIONS = `SELECT c.row_id AS rowId, o.operation_id AS operationId
  FROM operation_change c JOIN operation o ON o.position = c.position
  WHERE c.entity = 'stock_movement' AND c.row_id IN (SELECT value FROM json_each(?))
    AND o.state IN ('waiting', 'applied', 'conflict') ORDER BY c.position`;

export interface Moved {
  siteId: string;
  row: StockMovement;
  pending: boolean;
}

/** Movements with the names of what they are about. */
export function movementViews(reader: ReplicaReader, moved: readonly Moved[]): MovementView[] {
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
