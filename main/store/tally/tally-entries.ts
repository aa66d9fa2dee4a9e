import type { TallyScanInput } from '../../../shared/desktop/tally-views.ts';
import type { PersonHere } from '../person-here.ts';
import { PreparedStatements } from '../prepared-statements.ts';
import type { WritableDatabase } from '../sqlite.ts';
import type { EntryFinding, EntryRow } from './tally-rows.ts';

const ENTRY = `SELECT position, entry_id AS entryId, tally_id AS tallyId, at, text, kind, problem, code,
    product_id AS productId, location_id AS locationId, lot, serial, expires_on AS expiresOn, quantity,
    line_id AS lineId, void_reason AS voidReason
  FROM tally_entry`;

const UNKNOWN_LISTED_MAX = 500;

/** Scans, in `work.db`, in the order in which they came. Every call joins the transaction that is open. */
export class TallyEntries {
  readonly #statements: PreparedStatements;

  readonly #person: PersonHere;

  constructor(db: WritableDatabase, person: PersonHere) {
    this.#person = person;
    this.#statements = new PreparedStatements(db);
  }

  /** Stores a scan as it came. False if it was stored before. */
  add({ tallyId, scanId, text, raw, at }: TallyScanInput): boolean {
    const { changes } = this.#statements
      .get(
        `INSERT INTO tally_entry (entry_id, tally_id, at, text, raw) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (entry_id) DO NOTHING`,
      )
      .run(scanId, tallyId, at, text, raw);
    return changes === 1;
  }

  find(entryId: string): EntryRow | null {
    return this.#row(`${ENTRY} WHERE entry_id = ?`, entryId);
  }

  /** The newest before it with the same text that was not taken back. */
  sameBefore({ tallyId, text, position }: EntryRow): EntryRow | null {
    return this.#row(
      `${ENTRY} WHERE tally_id = ? AND text = ? AND position < ? AND void_reason IS NULL
       ORDER BY position DESC LIMIT 1`,
      tallyId,
      text,
      position,
    );
  }

  /** Stored, and the process ended before it was looked up. */
  notLookedUp(tallyId: string): EntryRow[] {
    return this.#statements
      .get(`${ENTRY} WHERE tally_id = ? AND kind IS NULL ORDER BY position`)
      .all(tallyId) as EntryRow[];
  }

  settle(entryId: string, found: EntryFinding, lineId: number | null): void {
    this.#statements
      .get(
        `UPDATE tally_entry SET kind = ?, problem = ?, code = ?, product_id = ?, location_id = ?, lot = ?, serial = ?,
           expires_on = ?, quantity = ?, line_id = ?
         WHERE entry_id = ?`,
      )
      .run(
        found.kind,
        found.problem,
        found.code,
        found.productId,
        found.locationId,
        found.lot,
        found.serial,
        found.expiresOn,
        found.quantity,
        lineId,
        entryId,
      );
  }

  /** It stays as history, and counts nowhere. */
  void(entryId: string, reason: string): void {
    this.#statements
      .get('UPDATE tally_entry SET void_reason = ?, line_id = NULL WHERE entry_id = ?')
      .run(reason, entryId);
  }

  /** Goes on as the newest entry of another tally. */
  moveTo(entryId: string, tallyId: string): void {
    this.#statements
      .get(
        `UPDATE tally_entry SET tally_id = ?, position = (SELECT max(position) + 1 FROM tally_entry) WHERE entry_id = ?`,
      )
      .run(tallyId, entryId);
  }

  /** Two lines became one. */
  moveToLine(fromLineId: number, toLineId: number): void {
    this.#statements
      .get('UPDATE tally_entry SET line_id = ? WHERE line_id = ?')
      .run(toLineId, fromLineId);
  }

  /** 0 if there is none. */
  lastPosition(tallyId: string): number {
    const { last } = this.#statements
      .get('SELECT coalesce(max(position), 0) AS last FROM tally_entry WHERE tally_id = ?')
      .get(tallyId) as { last: number };
    return last;
  }

  count(tallyId: string): number {
    const { count } = this.#statements
      .get('SELECT count(*) AS count FROM tally_entry WHERE tally_id = ?')
      .get(tallyId) as { count: number };
    return count;
  }

  newest(tallyId: string, limit: number): EntryRow[] {
    return this.#statements
      .get(`${ENTRY} WHERE tally_id = ? ORDER BY position DESC LIMIT ?`)
      .all(tallyId, limit) as EntryRow[];
  }

  /** How many of a tally are unknown, and how many suspects. */
  tones(tallyId: string): { unknown: number; suspects: number } {
    return this.#statements
      .get(
        `SELECT count(*) FILTER (WHERE kind = 'unknown') AS unknown, count(*) FILTER (WHERE kind = 'suspect') AS suspects
         FROM tally_entry WHERE tally_id = ? AND void_reason IS NULL`,
      )
      .get(tallyId) as { unknown: number; suspects: number };
  }

  /** Of all tallies that whoever works here may see, but those that were given up, the newest first. */
  unknown(): EntryRow[] {
    return this.#statements
      .get(
        `${ENTRY} WHERE kind = 'unknown' AND void_reason IS NULL AND EXISTS (
           SELECT 1 FROM tally t WHERE t.tally_id = tally_entry.tally_id AND t.state <> 'discarded'
             AND (t.owner_id IS NULL OR t.owner_id = ?))
         ORDER BY position DESC LIMIT ?`,
      )
      .all(this.#person.id, UNKNOWN_LISTED_MAX) as EntryRow[];
  }

  #row(sql: string, ...values: readonly unknown[]): EntryRow | null {
    return (this.#statements.get(sql).get(...values) as EntryRow | undefined) ?? null;
  }
}
