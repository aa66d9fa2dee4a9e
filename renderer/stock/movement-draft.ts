import type { RecordMovementInput } from '../../shared/desktop/stock-views.ts';
import type { MovementKind } from '../../shared/entities/stock-movement.ts';

/** A location as the forms need it, whichever list it was chosen from. */
export interface Place {
  id: string;
  siteId: string;
  siteCode: string;
  code: string;
  name: string | null;
  blocked: boolean;
}

/** What a person has entered so far. */
export interface MovementDraft {
  kind: MovementKind;
  from: Place | null;
  /** Of a move. */
  to: Place | null;
  quantity: number | null;
  reason: string;
}

export type DraftField = 'location' | 'toLocation' | 'quantity' | 'reason';
export type DraftProblem = 'location' | 'different' | 'quantity' | 'change' | 'reason';
export type DraftProblems = Readonly<Partial<Record<DraftField, DraftProblem>>>;

/** What the store takes at most for one movement. */
const QUANTITY_MAX = 1_000_000_000;

/** What must be put right before the movement can be recorded, by field, in the order of the form. */
export function draftProblems({ kind, from, to, quantity, reason }: MovementDraft): DraftProblems {
  const problems: Partial<Record<DraftField, DraftProblem>> = {};
  if (!from) problems.location = 'location';
  if (kind === 'move') {
    if (!to) problems.toLocation = 'location';
    else if (to.id === from?.id) problems.toLocation = 'different';
  }
  const isWhole =
    quantity !== null && Number.isInteger(quantity) && Math.abs(quantity) <= QUANTITY_MAX;
  if (kind === 'adjust') {
    if (!isWhole || quantity === 0) problems.quantity = 'change';
    if (reason.trim() === '') problems.reason = 'reason';
  } else if (!isWhole || quantity < 1) {
    problems.quantity = 'quantity';
  }
  return problems;
}

/** For the store; null while something is missing. */
export function movementOf(draft: MovementDraft, productId: string): RecordMovementInput | null {
  const { kind, from, to, quantity, reason } = draft;
  if (Object.keys(draftProblems(draft)).length > 0 || !from || quantity === null) return null;
  return {
    kind,
    productId,
    locationId: from.id,
    toLocationId: kind === 'move' ? (to?.id ?? null) : null,
    quantity,
    reason: reason.trim() || null,
  };
}

export interface Preview {
  code: string;
  before: number;
  after: number;
}

/** What the draft would make of the quantities at its locations. `quantityAt` says what is there now. */
export function previewOf(
  { kind, from, to, quantity }: MovementDraft,
  quantityAt: (locationId: string) => number,
): readonly Preview[] {
  if (quantity === null || !from) return [];
  const isOut = kind === 'issue' || kind === 'move';
  const changes: [Place, number][] = [[from, isOut ? -quantity : quantity]];
  if (kind === 'move' && to && to.id !== from.id) changes.push([to, quantity]);
  return changes.map(([place, change]) => {
    const before = quantityAt(place.id);
    return { code: place.code, before, after: before + change };
  });
}
