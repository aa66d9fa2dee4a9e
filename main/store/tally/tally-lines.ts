import type { TallyProblem } from '../../../shared/desktop/tally-views.ts';
import { must } from '../../../shared/domain/assert.ts';
import { PreparedStatements } from '../prepared-statements.ts';
import type { WritableDatabase } from '../sqlite.ts';
import type { LineGoods, LineRow } from './tally-rows.ts';

const QUANTITY = 'CASE WHEN typed IS NULL THEN scanned ELSE typed + since END';
const LINE = `SELECT line_id AS lineId, product_id AS productId, location_id AS locationId, lot, serial,
    expires_on AS expiresOn, scanned, typed + since AS typed, ${QUANTITY} AS quantity, problem, at
  FROM tally_line`;
const GOODS = 'tally_id = ? AND product_id = ? AND location_id = ? AND lot = ? AND serial = ?';

/** One scan of goods, or the taking back of one. */
export interface LineScan {
  /** Of the entry: what was typed after it stands. */
  position: number;
  /** Negative takes back. */
  quantity: number;
  expiresOn: number | null;
  problem: TallyProblem | null;
  at: number;
}

/** What the scans of a tally add up to, kept with each of them. Every call joins the transaction that is open. */
export class TallyLines {
  readonly #statements: PreparedStatements;

  constructor(db: WritableDatabase) {
    this.#statements = new PreparedStatements(db);
  }

  find(tallyId: string, goods: LineGoods): LineRow | null {
    return this.#row(`${LINE} WHERE ${GOODS}`, ...keyOf(tallyId, goods));
  }

  byId(lineId: number): LineRow | null {
    return this.#row(`${LINE} WHERE line_id = ?`, lineId);
  }

  /** In the order in which they were begun. */
  list(tallyId: string): LineRow[] {
    return this.#statements
      .get(`${LINE} WHERE tally_id = ? ORDER BY line_id`)
      .all(tallyId) as LineRow[];
  }

  withoutPlace(tallyId: string): LineRow[] {
    return this.#statements
      .get(`${LINE} WHERE tally_id = ? AND location_id = ''`)
      .all(tallyId) as LineRow[];
  }

  /** The line, empty if it is new, and whether it is. */
  ensure(tallyId: string, goods: LineGoods, at: number): { lineId: number; isNew: boolean } {
    const { changes } = this.#statements
      .get(
        `INSERT INTO tally_line (tally_id, product_id, location_id, lot, serial, at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
      )
      .run(...keyOf(tallyId, goods), at);
    const { lineId } = must(this.find(tallyId, goods), 'a line that was just made');
    return { lineId, isNew: changes === 1 };
  }

  addScan(lineId: number, scan: LineScan): void {
    this.#statements
      .get(
        `UPDATE tally_line SET scanned = scanned + :quantity,
           since = since + CASE WHEN typed_after < :position THEN :quantity ELSE 0 END,
           expires_on = min(coalesce(expires_on, :expiresOn), coalesce(:expiresOn, expires_on)),
           problem = coalesce(problem, :problem), at = max(at, :at)
         WHERE line_id = :lineId`,
      )
      .run({ ...scan, lineId });
  }

  type(
    lineId: number,
    typed: { quantity: number | null; after: number; expiresOn: number | null; at: number },
  ): void {
    const { quantity, after, expiresOn, at } = typed;
    this.#statements
      .get(
        `UPDATE tally_line SET typed = ?, typed_after = ?, since = 0, expires_on = coalesce(?, expires_on), at = ?
         WHERE line_id = ?`,
      )
      .run(quantity, quantity === null ? null : after, expiresOn, at, lineId);
  }

  /** False, and it stays, if something is scanned or typed in it. */
  removeEmpty(lineId: number): boolean {
    return (
      this.#statements
        .get('DELETE FROM tally_line WHERE line_id = ? AND scanned = 0 AND typed IS NULL')
        .run(lineId).changes === 1
    );
  }

  moveTo(lineId: number, locationId: string): void {
    this.#statements
      .get('UPDATE tally_line SET location_id = ?, problem = nullif(problem, ?) WHERE line_id = ?')
      .run(locationId, 'placeNeeded', lineId);
  }

  /** Adds a line to another and removes it. Its entries are the caller's. */
  merge(fromLineId: number, intoLineId: number): void {
    this.#statements
      .get(
        `UPDATE tally_line AS line SET scanned = line.scanned + other.scanned,
           -- What was typed in one of them only is added to what the other comes to.
           typed = CASE WHEN line.typed IS NULL AND other.typed IS NULL THEN NULL
             ELSE ${QUANTITY.replaceAll(/typed|scanned|since/g, 'line.$&')}
               + ${QUANTITY.replaceAll(/typed|scanned|since/g, 'other.$&')} END,
           typed_after = CASE WHEN line.typed IS NULL AND other.typed IS NULL THEN NULL
             ELSE (SELECT coalesce(max(position), 0) FROM tally_entry e WHERE e.tally_id = line.tally_id) END,
           since = 0, at = max(line.at, other.at)
         FROM tally_line AS other WHERE line.line_id = ? AND other.line_id = ?`,
      )
      .run(intoLineId, fromLineId);
    this.#statements.get('DELETE FROM tally_line WHERE line_id = ?').run(fromLineId);
  }

  setRow(lineId: number, rowId: string): void {
    this.#statements.get('UPDATE tally_line SET row_id = ? WHERE line_id = ?').run(rowId, lineId);
  }

  /** Whether a serial number is in the tally, at whichever place. */
  hasSerial(tallyId: string, productId: string, serial: string): boolean {
    return (
      this.#statements
        .get(
          `SELECT 1 FROM tally_line WHERE tally_id = ? AND product_id = ? AND serial = ? AND ${QUANTITY} > 0 LIMIT 1`,
        )
        .get(tallyId, productId, serial) !== undefined
    );
  }

  /** What a tally has of a product, wherever. */
  sumOf(tallyId: string, productId: string): number {
    return this.#sum('tally_id = ? AND product_id = ?', tallyId, productId);
  }

  pieces(tallyId: string): number {
    return this.#sum('tally_id = ?', tallyId);
  }

  /**
   * Whether this laptop has posted an observation of the goods for this count that was neither refused nor taken back. A
   * serial number is looked for at every place.
   */
  wasPosted(countId: string, { productId, locationId, lot, serial }: LineGoods): boolean {
    const goods =
      serial === ''
        ? 'l.location_id = :locationId AND l.lot = :lot AND l.serial = :serial'
        : 'l.serial = :serial AND :locationId IS NOT NULL AND :lot IS NOT NULL';
    return (
      this.#statements
        .get(
          `SELECT 1 FROM tally_line l
           JOIN tally t ON t.tally_id = l.tally_id AND t.subject_id = :countId
           JOIN operation_change c ON c.entity = 'count_observation' AND c.row_id = l.row_id
           JOIN operation o ON o.position = c.position AND o.state IN ('waiting', 'applied', 'conflict')
           WHERE l.product_id = :productId AND ${goods} AND l.row_id IS NOT NULL AND ${QUANTITY} > 0
             AND NOT EXISTS (SELECT 1 FROM operation u
               WHERE u.undoes = o.operation_id AND u.state IN ('waiting', 'applied', 'conflict'))
           LIMIT 1`,
        )
        .get({ countId, productId, locationId, lot, serial }) !== undefined
    );
  }

  #sum(where: string, ...values: readonly string[]): number {
    const { sum } = this.#statements
      .get(`SELECT coalesce(sum(${QUANTITY}), 0) AS sum FROM tally_line WHERE ${where}`)
      .get(...values) as { sum: number };
    return sum;
  }

  #row(sql: string, ...values: readonly unknown[]): LineRow | null {
    return (this.#statements.get(sql).get(...values) as LineRow | undefined) ?? null;
  }
}

function keyOf(tallyId: string, { productId, locationId, lot, serial }: LineGoods): string[] {
  return [tallyId, productId, locationId, lot, serial];
}
