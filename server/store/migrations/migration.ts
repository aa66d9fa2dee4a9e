import type { Transaction } from 'kysely';
import type { EntityName } from '../../../shared/entities/registry.ts';
import type { ServerDatabase } from '../server-database.ts';

export interface MigrationContext {
  /** Makes the random ids of the server and of a scope's history. */
  makeEpoch: () => string;
}

export interface Migration {
  /** The file's name. */
  name: string;
  up: (db: Transaction<ServerDatabase>, context: MigrationContext) => Promise<void>;
  /**
   * Entities that have other columns afterwards. The hash of a row covers all of them, so that laptops notice; it is
   * worked out anew once all migrations are through.
   */
  restamps?: readonly EntityName[] | undefined;
}
