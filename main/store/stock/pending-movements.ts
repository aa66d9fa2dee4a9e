import type { MovementListInput } from '../../../shared/desktop/stock-views.ts';
import { type StockMovement, stockMovement } from '../../../shared/entities/stock-movement.ts';
import type { RowChange } from '../../../shared/sync/operation.ts';
import type { Scope } from '../../../shared/sync/scope.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import { NOT_CONTAINED } from '../overlay/overlay.ts';
import type { StatementCache } from '../statement-cache.ts';

// A product or a location leads by index to operations, which may have other movements, too.
const OF_PRODUCT = `o.position IN (SELECT position FROM operation_stock WHERE product_id = :productId AND scope = :scope)
  AND c.change ->> '$.row.product_id' = :productId AND`;
const AT_LOCATION = `o.position IN (SELECT position FROM operation_stock WHERE location_id = :locationId)
  AND :locationId IN (c.change ->> '$.row.from_location_id', c.change ->> '$.row.to_location_id') AND`;

/** From the newest operation back, so that the first of many are found soon; by state SQLite would read and sort them all. */
const movements = (narrowed: readonly string[]): string => `SELECT c.change
  FROM operation o NOT INDEXED CROSS JOIN operation_change c ON c.position = o.position
  WHERE ${narrowed.join(' ')} c.entity = 'stock_movement' AND c.scope = :scope AND ${NOT_CONTAINED}
  ORDER BY o.position DESC, c.sequence DESC LIMIT :limit`;

/** What an earlier app recorded says nothing of columns that came later. */
const BLANK = Object.fromEntries(
  stockMovement.columns.map(({ name, otherwise }) => [name, otherwise]),
);

/** Movements of this laptop that a site's replica does not show, the last one first. */
export function pendingMovements(
  work: StatementCache,
  site: { scope: Scope; contained: ContainedPoint },
  { productId, locationId, limit }: MovementListInput,
): StockMovement[] {
  const narrowed: string[] = [];
  if (productId !== null) narrowed.push(OF_PRODUCT);
  if (locationId !== null) narrowed.push(AT_LOCATION);
  const changes = work.column<string>(movements(narrowed), {
    scope: site.scope,
    ...site.contained,
    ...(productId === null ? {} : { productId }),
    ...(locationId === null ? {} : { locationId }),
    limit,
  });
  return changes
    .map((text) => JSON.parse(text) as RowChange)
    .flatMap((change) =>
      // The entity has no booleans, so its stored form is its typed one; its rows are only ever created.
      change.kind === 'create' ? [{ ...BLANK, ...change.row } as unknown as StockMovement] : [],
    );
}
