/** Held by the one process that cleans a store up. */
export const COMPACT_LOCK = 'compact';

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * A laptop that was away for longer takes a snapshot or starts its copy anew, and its work is taken all the same. Longer than a
 * season's laptop lies in a drawer costs little: a tombstone has some 100 bytes.
 */
export const TOMBSTONE_DAYS = 90;

/**
 * Answers that a laptop may ask for again because it did not hear them are its newest, and those are always kept. The others
 * tell a laptop that was restored from an old backup what it had sent already, which nobody does after a year.
 */
export const ANSWER_DAYS = 365;

/** A session that ended can be told from one that never was for so long. */
export const SESSION_DAYS = 90;

export function daysAgo(now: number, days: number): number {
  return now - days * DAY_MS;
}
