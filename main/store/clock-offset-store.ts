import { PreparedStatements } from './prepared-statements.ts';
import type { WritableDatabase } from './sqlite.ts';

export interface ClockOffset {
  /** To be added to this laptop's clock, in milliseconds. */
  offset: number;
  /** By this laptop's clock, UTC epoch milliseconds. */
  learnedAt: number;
}

/** What was learned last about this laptop's clock, in `work.db`. */
export class ClockOffsetStore {
  readonly #statements: PreparedStatements;

  constructor(db: WritableDatabase) {
    this.#statements = new PreparedStatements(db);
  }

  get(): ClockOffset | null {
    const sql = 'SELECT offset_ms AS offset, learned_at AS learnedAt FROM shared_clock';
    return (this.#statements.get(sql).get() as ClockOffset | undefined) ?? null;
  }

  put({ offset, learnedAt }: ClockOffset): void {
    this.#statements
      .get(
        `INSERT INTO shared_clock (one, offset_ms, learned_at) VALUES (1, ?, ?)
         ON CONFLICT DO UPDATE SET offset_ms = excluded.offset_ms, learned_at = excluded.learned_at`,
      )
      .run(offset, learnedAt);
  }
}
