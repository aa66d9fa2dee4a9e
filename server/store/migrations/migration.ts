import type { Transaction } from 'kysely';
import type { ServerDatabase } from '../server-database.ts';

export interface MigrationContext {
  /** Makes the random ids of the server and of a scope's history. */
  makeEpoch: () => string;
}

export interface Migration {
  /** The file's name. */
  name: string;
  up: (db: Transaction<ServerDatabase>, context: MigrationContext) => Promise<void>;
}
