import type { CountObservation } from '../entities/count-observation.ts';
import type { StockMovement } from '../entities/stock-movement.ts';

export type Sight = Pick<CountObservation, 'id' | 'round' | 'quantity' | 'seen_at' | 'reverses'>;

/** All that a count knows of some goods at a place. */
export interface LineEvidence {
  sights: readonly Sight[];
  /** That somebody asked for; 1 if nobody asked for another. */
  round: number;
  /** When nobody would find more there, if these goods are among those that were looked for. */
  doneAt: number | null;
}

/** What a count says: so much lay there at that instant. */
export interface Counted {
  counted: number;
  /** UTC epoch milliseconds by the shared clock. */
  seenAt: number;
}

/**
 * The sum of what was seen in the newest round, at the instant of the last sight of it. What was taken back never was. Goods
 * that nobody saw at a place which was counted to the end are not there. `recount`: somebody asked for another round, and
 * nobody has looked yet. Null: nothing is said.
 */
export function countedOf({ sights, round, doneAt }: LineEvidence): Counted | 'recount' | null {
  const reversed = new Set(sights.map(({ reverses }) => reverses));
  const standing = sights.filter(({ id, reverses }) => reverses === null && !reversed.has(id));
  const newest = standing.reduce((most, sight) => Math.max(most, sight.round), round);
  const seen = standing.filter((sight) => sight.round === newest);
  if (seen.length > 0) {
    return {
      counted: seen.reduce((sum, { quantity }) => sum + quantity, 0),
      seenAt: seen.reduce((latest, { seen_at: at }) => Math.max(latest, at), 0),
    };
  }
  if (newest > 1) return 'recount';
  return doneAt === null ? null : { counted: 0, seenAt: doneAt };
}

type Timed = Pick<StockMovement, 'moved_at' | 'reverses' | 'count_id'>;

/**
 * When a movement took place, whenever it was heard of. What is taken back never was, so its reversal takes place with it;
 * but who takes back what a count posted decides against the count, and that is newer than it.
 */
export function movementInstant(movement: Timed, reversed: Timed | null): number {
  if (movement.reverses === null || movement.count_id !== null || reversed === null) {
    return movement.moved_at;
  }
  return reversed.moved_at;
}

/** What a count has posted for some goods: the difference between the two, at the instant. */
export interface Posted extends Counted {
  /** What the ledger would have held at that instant without this count. */
  book: number;
}

export interface LedgerState {
  /** What the count has posted before. */
  posted: Posted | null;
  /** What the ledger comes to now. */
  level: number;
  /** What movements after the instant of the count's word have added to that. */
  later: number;
}

export interface Settlement {
  postings: readonly { quantity: number; instant: number }[];
  posted: Posted | null;
}

/**
 * Makes the ledger say at the instant of the count what was counted then. As what it posts lies at that instant itself, doing
 * it again finds nothing to do, and whatever is heard of later from before that instant is made up for by doing it again. A
 * word that gives way to one about another instant, or to none, leaves nothing at its own.
 */
export function settleLine(
  said: Counted | null,
  { posted, level, later }: LedgerState,
): Settlement {
  const before = posted === null ? 0 : posted.counted - posted.book;
  const postings = [];
  const gaveWay = posted !== null && said?.seenAt !== posted.seenAt;
  if (gaveWay && before !== 0) postings.push({ quantity: -before, instant: posted.seenAt });
  if (said === null) return { postings, posted: null };
  // What was posted for a later instant is a part of both, and so of neither.
  const isLater = gaveWay && said.seenAt > posted.seenAt;
  const quantity = said.counted - (level - later - (isLater ? before : 0));
  if (quantity !== 0) postings.push({ quantity, instant: said.seenAt });
  const book = said.counted - quantity - (gaveWay ? 0 : before);
  return { postings, posted: { ...said, book } };
}
