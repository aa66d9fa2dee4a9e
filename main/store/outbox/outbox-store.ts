import type { WritableDatabase } from '../sqlite.ts';
import type { Outbox } from './outbox.ts';

/** The outbox and its connection, for the steps that are apart from the class. */
export interface OutboxStore {
  db: WritableDatabase;
  outbox: Outbox;
}
