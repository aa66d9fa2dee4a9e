import type { TallyKind, TallyPosted } from '../../../shared/desktop/tally-views.ts';
import type { PersonHere } from '../person-here.ts';
import { PreparedStatements } from '../prepared-statements.ts';
import type { WritableDatabase } from '../sqlite.ts';
import type { TallyRow } from './tally-rows.ts';

/** Tallies that are over and kept as history, besides those with a code that is not assigned yet. */
const CLOSED_KEPT_MAX = 200;
/** However many codes are not assigned, no more than these. */
const CLOSED_MAX = 1_000;
/** Open ones that a list shows. */
const OPEN_LISTED_MAX = 200;

const TALLY = `SELECT tally_id AS tallyId, kind, site_id AS siteId, subject_id AS subjectId, location_id AS locationId,
    to_location_id AS toLocationId, person_id AS personId, state, scans, lines,
    started_at AS startedAt, updated_at AS updatedAt
  FROM tally`;

/** By who works here: `owner_id IS ?` would be false for those of nobody. */
const MINE = `(owner_id IS NULL OR owner_id = ?)`;

export interface TallySubject {
  kind: TallyKind;
  siteId: string;
  subjectId: string | null;
}

/**
 * Tallies themselves, in `work.db`: those of whoever works here, and those that were begun before anybody had to sign in.
 * Every call joins the transaction that is open.
 */
export class TallyStore {
  readonly #statements: PreparedStatements;

  readonly #person: PersonHere;

  constructor(db: WritableDatabase, person: PersonHere) {
    this.#person = person;
    this.#statements = new PreparedStatements(db);
  }

  find(tallyId: string): TallyRow | null {
    return this.#row(`${TALLY} WHERE tally_id = ? AND ${MINE}`, tallyId, this.#person.id);
  }

  findOpen({ kind, siteId, subjectId }: TallySubject): TallyRow | null {
    return this.#row(
      `${TALLY} WHERE kind = ? AND site_id = ? AND coalesce(subject_id, '') = ? AND state = 'open' AND ${MINE}
       ORDER BY owner_id IS NULL LIMIT 1`,
      kind,
      siteId,
      subjectId ?? '',
      this.#person.id,
    );
  }

  /** The ones used last first. */
  listOpen(): TallyRow[] {
    return this.#statements
      .get(`${TALLY} WHERE state = 'open' AND ${MINE} ORDER BY updated_at DESC LIMIT ?`)
      .all(this.#person.id, OPEN_LISTED_MAX) as TallyRow[];
  }

  add(
    tallyId: string,
    subject: TallySubject,
    started: { personId: string | null; at: number },
  ): void {
    this.#statements
      .get(
        `INSERT INTO tally (tally_id, kind, site_id, subject_id, person_id, owner_id, started_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        tallyId,
        subject.kind,
        subject.siteId,
        subject.subjectId,
        started.personId,
        this.#person.id,
        started.at,
        started.at,
      );
  }

  touch(tallyId: string, change: { scans?: number; lines?: number; at: number }): void {
    this.#statements
      .get(
        'UPDATE tally SET scans = scans + ?, lines = lines + ?, updated_at = ? WHERE tally_id = ?',
      )
      .run(change.scans ?? 0, change.lines ?? 0, change.at, tallyId);
  }

  moveTo(tallyId: string, role: 'at' | 'to', place: { locationId: string; at: number }): void {
    const column = role === 'at' ? 'location_id' : 'to_location_id';
    this.#statements
      .get(`UPDATE tally SET ${column} = ?, updated_at = ? WHERE tally_id = ?`)
      .run(place.locationId, place.at, tallyId);
  }

  markPosted(tallyId: string, posted: TallyPosted, at: number): void {
    this.#statements
      .get("UPDATE tally SET state = 'posted', posted = ?, updated_at = ? WHERE tally_id = ?")
      .run(JSON.stringify(posted), at, tallyId);
    this.#prune();
  }

  /** What was answered to whoever posted it; null if nobody has. */
  posted(tallyId: string): TallyPosted | null {
    const found = this.#statements
      .get('SELECT posted FROM tally WHERE tally_id = ?')
      .get(tallyId) as { posted: string | null } | undefined;
    return found?.posted ? (JSON.parse(found.posted) as TallyPosted) : null;
  }

  markDiscarded(tallyId: string, reason: string | null, at: number): void {
    this.#statements
      .get("UPDATE tally SET state = 'discarded', reason = ?, updated_at = ? WHERE tally_id = ?")
      .run(reason, at, tallyId);
    this.#prune();
  }

  #prune(): void {
    for (const state of ['posted', 'discarded']) {
      const beyond =
        'SELECT tally_id FROM tally WHERE state = ? ORDER BY updated_at DESC LIMIT -1 OFFSET ?';
      this.#statements
        .get(
          `DELETE FROM tally WHERE tally_id IN (${beyond}) AND NOT EXISTS (
             SELECT 1 FROM tally_entry e WHERE e.tally_id = tally.tally_id AND e.kind = 'unknown' AND e.void_reason IS NULL)`,
        )
        .run(state, CLOSED_KEPT_MAX);
      this.#statements
        .get(`DELETE FROM tally WHERE tally_id IN (${beyond})`)
        .run(state, CLOSED_MAX);
    }
  }

  #row(sql: string, ...values: readonly unknown[]): TallyRow | null {
    return (this.#statements.get(sql).get(...values) as TallyRow | undefined) ?? null;
  }
}
