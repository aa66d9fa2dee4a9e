import { TallymanError, type ErrorCode } from '../../../shared/errors.ts';
import { StatementCache } from '../statement-cache.ts';
import type { WritableDatabase } from '../sqlite.ts';

/** At 2 MB each they need 2 GB of the disk at most; weeks of work without a network. */
export const PHOTOS_UNSENT_MAX = 1_000;

/** A photo whose bytes the server does not have yet. */
export interface PhotoUpload {
  rowId: string;
  entity: string;
  hash: string;
  bytes: number;
  /** UTC epoch milliseconds. */
  addedAt: number;
  attempts: number;
}

/** The row was removed here, and the removal may still be taken back: its photo is kept and not sent. */
const IS_REMOVED = `coalesce((
  SELECT json_extract(c.change, '$.kind') FROM operation_change c
  JOIN operation o ON o.position = c.position AND o.state IN ('waiting', 'applied', 'conflict')
  WHERE c.entity = u.entity AND c.row_id = u.row_id
  ORDER BY c.position DESC, c.sequence DESC LIMIT 1), '') = 'remove'`;

const UPLOAD = `SELECT row_id AS rowId, entity, hash, bytes, added_at AS addedAt, attempts
  FROM photo_upload u`;

/**
 * What is still to upload, in `work.db`: a kill, or a broken connection, changes nothing about it. Each method is one durable
 * transaction, or joins the one that is open.
 */
export class PhotoUploads {
  readonly #db: WritableDatabase;
  readonly #statements: StatementCache;

  constructor(db: WritableDatabase) {
    this.#db = db;
    this.#statements = new StatementCache(db);
  }

  /** Throws OUTBOX_FULL. Belongs into the transaction that records the row. */
  add({ rowId, entity, hash, bytes, addedAt }: Omit<PhotoUpload, 'attempts'>): void {
    if (this.#all() >= PHOTOS_UNSENT_MAX) {
      throw new TallymanError(
        'OUTBOX_FULL',
        'Too many photos wait to be sent. Sync before you take more.',
      );
    }
    this.#db
      .prepare(
        `INSERT INTO photo_upload (row_id, entity, hash, bytes, added_at) VALUES (?, ?, ?, ?, ?)`,
      )
      .run(rowId, entity, hash, bytes, addedAt);
  }

  /** Those to send now, those that failed least first: one that never works keeps no other waiting. */
  due(now: number, limit: number): PhotoUpload[] {
    return this.#statements.all<PhotoUpload>(
      `${UPLOAD} WHERE not_before <= ? AND NOT (${IS_REMOVED}) ORDER BY attempts, row_id LIMIT ?`,
      now,
      limit,
    );
  }

  /** Photos that wait, whenever they are tried again. */
  waiting(): number {
    return (
      this.#statements.value<number>(
        `SELECT count(*) FROM photo_upload u WHERE NOT (${IS_REMOVED})`,
      ) ?? 0
    );
  }

  /** Of these, the ones that no server has. */
  unsentAmong(hashes: readonly string[]): Set<string> {
    return new Set(
      this.#statements.column<string>(
        `SELECT DISTINCT hash FROM photo_upload WHERE hash IN (SELECT value FROM json_each(?))`,
        JSON.stringify(hashes),
      ),
    );
  }

  failed({ rowId }: PhotoUpload, failure: { code: ErrorCode; notBefore: number }): void {
    this.#db
      .prepare(
        `UPDATE photo_upload SET attempts = attempts + 1, not_before = ?, problem = ? WHERE row_id = ?`,
      )
      .run(failure.notBefore, failure.code, rowId);
  }

  /** The server has it, or nobody will ever want it. */
  done(rowId: string): void {
    this.#db.prepare('DELETE FROM photo_upload WHERE row_id = ?').run(rowId);
  }

  /** Their rows were removed so long ago that nobody takes it back. */
  forgetRemoved(before: number): void {
    this.#db
      .prepare(`DELETE FROM photo_upload AS u WHERE added_at < ? AND ${IS_REMOVED}`)
      .run(before);
  }

  /** Whether an operation that may yet reach the server, or has, says something about the row. */
  isSpokenOf({ entity, rowId }: PhotoUpload): boolean {
    const found = this.#statements.first(
      `SELECT 1 FROM operation_change c
       JOIN operation o ON o.position = c.position AND o.state <> 'discarded'
       WHERE c.entity = ? AND c.row_id = ? LIMIT 1`,
      entity,
      rowId,
    );
    return found !== null;
  }

  #all(): number {
    return this.#statements.value<number>('SELECT count(*) FROM photo_upload') ?? 0;
  }
}
