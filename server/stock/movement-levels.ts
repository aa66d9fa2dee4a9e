import { movementEffects, movementProblem } from '../../shared/domain/movement-effects.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { stockLevel } from '../../shared/entities/stock-level.ts';
import type { StockMovement } from '../../shared/entities/stock-movement.ts';
import { validRow } from '../sync/push/check-row.ts';
import { OperationRefused } from '../sync/push/operation-refused.ts';
import type { RowSearch } from '../sync/push/row-book.ts';
import type { RowDraft } from '../sync/push/row-draft.ts';

/** The levels that a movement changes. `movement` may not have been checked yet. */
export function levelSearches(movement: StoredRow): RowSearch[] {
  return movementEffects(movement as unknown as StockMovement).map(({ locationId }) =>
    searchOf(movement, locationId),
  );
}

/**
 * Levels follow from movements, in the movement's own transaction. They may fall below zero: the goods have been moved
 * already, and a record that is refused would only be wrong by more. Throws OperationRefused.
 */
export async function applyMovement(
  draft: RowDraft,
  row: StoredRow,
  newId: () => string,
): Promise<void> {
  const movement = row as unknown as StockMovement;
  const problem = movementProblem(movement);
  if (problem !== null) {
    throw new OperationRefused('BAD_INPUT', problem, { details: { id: movement.id } });
  }
  for (const { locationId, change } of movementEffects(movement)) {
    const [level] = await draft.find(searchOf(row, locationId));
    const next = {
      id: level?.['id'] ?? newId(),
      site_id: movement.site_id,
      product_id: movement.product_id,
      location_id: locationId,
      quantity: Number(level?.['quantity'] ?? 0) + change,
    };
    draft.put('stock_level', String(next.id), validRow(stockLevel, next));
  }
}

function searchOf(movement: StoredRow, locationId: string): RowSearch {
  return {
    entity: 'stock_level',
    columns: ['product_id', 'location_id'],
    values: [movement['product_id'] ?? null, locationId],
  };
}
