import type {
  RecordMovementInput,
  StockLotView,
  StockView,
} from '../../shared/desktop/stock-views.ts';
import type { TrackingKind } from '../../shared/entities/product.ts';
import type { Cause, MovementKind } from '../../shared/entities/stock-movement.ts';

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
  cause: Cause | null;
  /** Of goods that are told apart by lot. */
  lot: string;
  /** Of goods that expire: the start of the last day, UTC. */
  expiresOn: number | null;
  /** Of goods that are told apart one by one: a piece each. Empty fields are none. */
  serials: readonly string[];
}

/** How goods are told apart, and where they lie. */
export interface MovedGoods {
  tracking: TrackingKind;
  tracksExpiry: boolean;
  stock: StockView;
}

export type DraftField = 'location' | 'toLocation' | 'lot' | 'expiry' | 'quantity' | 'reason';
export type DraftProblem =
  'location' | 'different' | 'lot' | 'expiry' | 'quantity' | 'change' | 'reason' | SerialProblem;
export type SerialProblem = 'serialNeeded' | 'serialTwice' | 'serialHere';
export type DraftProblems = Readonly<Partial<Record<DraftField, DraftProblem>>>;

/** What the store takes at most for one movement. */
const QUANTITY_MAX = 1_000_000_000;
const PLAIN: MovedGoods = {
  tracking: 'none',
  tracksExpiry: false,
  stock: { onHand: 0, pending: 0, locations: [] },
};

/** The numbers that were really entered. */
export function enteredSerials({ serials }: Pick<MovementDraft, 'serials'>): readonly string[] {
  return serials.map((serial) => serial.trim()).filter((serial) => serial !== '');
}

/** What must be put right before the movement can be recorded, by field, in the order of the form. */
export function draftProblems(draft: MovementDraft, goods: MovedGoods = PLAIN): DraftProblems {
  const { kind, from, to, reason, cause } = draft;
  const problems: Partial<Record<DraftField, DraftProblem>> = {};
  if (!from) problems.location = 'location';
  if (kind === 'move') {
    if (!to) problems.toLocation = 'location';
    else if (to.id === from?.id) problems.toLocation = 'different';
  }
  if (goods.tracking === 'lot' && draft.lot.trim() === '') problems.lot = 'lot';
  if (goods.tracksExpiry && kind === 'receive' && draft.expiresOn === null) {
    problems.expiry = 'expiry';
  }
  const amount = amountProblem(draft, goods);
  if (amount !== null) problems.quantity = amount;
  if (kind === 'adjust' && reason.trim() === '' && cause === null) problems.reason = 'reason';
  return problems;
}

function amountProblem(draft: MovementDraft, goods: MovedGoods): DraftProblem | null {
  const { kind, quantity } = draft;
  if (goods.tracking === 'serial') return serialProblem(draft, goods.stock);
  const isWhole =
    quantity !== null && Number.isInteger(quantity) && Math.abs(quantity) <= QUANTITY_MAX;
  if (kind === 'adjust') return isWhole && quantity !== 0 ? null : 'change';
  return isWhole && quantity >= 1 ? null : 'quantity';
}

/** A piece is there once: its number is refused twice, and refused where the piece is here already. */
function serialProblem(draft: MovementDraft, stock: StockView): SerialProblem | null {
  const serials = enteredSerials(draft);
  if (serials.length === 0) return 'serialNeeded';
  if (new Set(serials).size < serials.length) return 'serialTwice';
  const comes = draft.kind === 'receive' || (draft.kind === 'adjust' && (draft.quantity ?? 1) > 0);
  return comes && serials.some((serial) => placeOfSerial(stock, serial) !== null)
    ? 'serialHere'
    : null;
}

/** The code of the place where a piece is; null if it is nowhere here. */
export function placeOfSerial({ locations }: StockView, serial: string): string | null {
  const place = locations.find(({ lots }) =>
    lots.some((one) => one.serial === serial && one.onHand > 0),
  );
  return place?.code ?? null;
}

/** What lies at a place, in the order in which it should leave: the earliest expiry first. */
export function lotsAt({ locations }: StockView, place: Place | null): readonly StockLotView[] {
  const lots = locations.find(({ locationId }) => locationId === place?.id)?.lots ?? [];
  return lots.filter(({ onHand }) => onHand > 0);
}

/** For the store; null while something is missing. */
export function movementOf(
  draft: MovementDraft,
  productId: string,
  goods: MovedGoods = PLAIN,
): RecordMovementInput | null {
  const { kind, from, to, reason, cause } = draft;
  const serials = goods.tracking === 'serial' ? [...enteredSerials(draft)] : [];
  const amount = amountOf(draft, goods.tracking);
  if (Object.keys(draftProblems(draft, goods)).length > 0 || !from || amount === null) return null;
  return {
    kind,
    productId,
    locationId: from.id,
    toLocationId: kind === 'move' ? (to?.id ?? null) : null,
    quantity: amount,
    reason: reason.trim() || null,
    ...(cause === null ? {} : { cause }),
    ...(goods.tracking === 'lot' ? { lot: draft.lot.trim() } : {}),
    ...(draft.expiresOn === null ? {} : { expiresOn: draft.expiresOn }),
    ...(serials.length > 0 ? { serials } : {}),
  };
}

/** How much moves: so many pieces as have a number, or what was typed. */
export function amountOf(draft: MovementDraft, tracking: TrackingKind): number | null {
  if (tracking !== 'serial') return draft.quantity;
  const { length } = enteredSerials(draft);
  return length === 0 ? null : length * signOf(draft);
}

/** Of an adjustment of pieces: whether they are there or gone. */
function signOf({ kind, quantity }: MovementDraft): 1 | -1 {
  return kind === 'adjust' && quantity !== null && quantity < 0 ? -1 : 1;
}

export interface Preview {
  code: string;
  before: number;
  after: number;
}

/** What the draft would make of the quantities at its locations. `quantityAt` says what is there now. */
export function previewOf(
  { kind, from, to, quantity }: Pick<MovementDraft, 'kind' | 'from' | 'to' | 'quantity'>,
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
