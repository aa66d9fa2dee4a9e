import { movementEffects, movementProblem } from '../../shared/domain/movement-effects.ts';
import type { StoredRow, StoredValue } from '../../shared/entities/define-entity.ts';
import { deliveryLine } from '../../shared/entities/delivery-line.ts';
import { LEVEL_KEY, stockLevel } from '../../shared/entities/stock-level.ts';
import type { StockMovement } from '../../shared/entities/stock-movement.ts';
import { validRow } from '../sync/push/check-row.ts';
import { OperationRefused } from '../sync/push/operation-refused.ts';
import type { RowSearch } from '../sync/push/row-book.ts';
import type { RowDraft } from '../sync/push/row-draft.ts';

/** The rows that a movement changes. `movement` may not have been checked yet. */
export function levelSearches(movement: StoredRow): RowSearch[] {
  const levels = movementEffects(movement as unknown as StockMovement).map(({ locationId }) =>
    searchOf(movement, locationId),
  );
  const lineId = movement['delivery_line_id'] ?? null;
  return [...levels, { entity: 'delivery_line', columns: ['id'], values: [lineId] }];
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
      lot: movement.lot,
      serial: movement.serial,
      expires_on: earliest(level?.['expires_on'], movement.expires_on),
    };
    draft.put('stock_level', String(next.id), validRow(stockLevel, next));
  }
  await addToDelivery(draft, movement);
}

/** A line that is gone, or is of other goods, has nothing to add to; the goods are there all the same. */
async function addToDelivery(draft: RowDraft, movement: StockMovement): Promise<void> {
  const { delivery_line_id: lineId, product_id: productId, kind, quantity } = movement;
  if (lineId === null || kind !== 'receive') return;
  const line = await draft.get('delivery_line', lineId);
  if (line === null || line['product_id'] !== productId) return;
  const received = Number(line['received']) + quantity;
  draft.put('delivery_line', lineId, validRow(deliveryLine, { ...line, received }));
}

/** The day that is safe whichever of the two is right. */
function earliest(a: StoredValue | undefined, b: number | null): number | null {
  if (typeof a !== 'number') return b;
  return b === null ? a : Math.min(a, b);
}

function searchOf(movement: StoredRow, locationId: string): RowSearch {
  return {
    entity: 'stock_level',
    columns: LEVEL_KEY,
    values: [
      movement['product_id'] ?? null,
      locationId,
      movement['lot'] ?? '',
      movement['serial'] ?? '',
    ],
  };
}
