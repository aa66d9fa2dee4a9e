import type { WritableDatabase } from '../sqlite.ts';

/** One step of `work.db`'s schema. Runs inside the transaction that also raises `user_version` to `number`. */
export interface WorkMigration {
  /** 1, 2, 3 … without gaps. */
  number: number;
  up: (db: WritableDatabase) => void;
}
