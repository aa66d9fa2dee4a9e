import type { StockMovement } from '../entities/stock-movement.ts';

export interface StockEffect {
  locationId: string;
  /** In the product's smallest unit. */
  change: number;
}

type Moved = Pick<StockMovement, 'kind' | 'from_location_id' | 'to_location_id' | 'quantity'>;

/** What a movement does to the levels of its product. Both sides work it out by this one function. */
export function movementEffects(movement: Moved): StockEffect[] {
  const { kind, from_location_id: from, to_location_id: to, quantity } = movement;
  const effects: StockEffect[] = [];
  if (from !== null && (kind === 'issue' || kind === 'move')) {
    effects.push({ locationId: from, change: -quantity });
  }
  if (to !== null && kind !== 'issue') effects.push({ locationId: to, change: quantity });
  return effects;
}

/** Why a movement cannot be as it is; null if it can. */
export function movementProblem(movement: Moved & Pick<StockMovement, 'reverses'>): string | null {
  const { kind, from_location_id: from, to_location_id: to, quantity, reverses } = movement;
  if (quantity === 0) return 'The quantity must not be zero.';
  if (quantity < 0 && kind !== 'adjust' && reverses === null) {
    return 'The quantity must be more than zero.';
  }
  const needsFrom = kind === 'issue' || kind === 'move';
  if ((from !== null) !== needsFrom) return `A movement of kind ${kind} has the wrong source.`;
  if ((to !== null) !== (kind !== 'issue')) {
    return `A movement of kind ${kind} has the wrong destination.`;
  }
  if (kind === 'move' && from === to) return 'Choose two different locations.';
  return null;
}
