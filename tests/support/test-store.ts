import { createHash } from 'node:crypto';
import { inject } from 'vitest';
import type { StoreLocation } from '../../server/store/engine/open-engine.ts';
import {
  openStore,
  type OpenStoreOptions,
  type ServerStore,
} from '../../server/store/open-store.ts';

/** Of this run: the same tests run on both. */
export const IS_POSTGRES = process.env['TALLYMAN_TEST_ENGINE'] === 'postgres';

/** Where the store of a folder is: in it, or in a schema that belongs to it. */
export function testLocation(dataDir: string): StoreLocation {
  return IS_POSTGRES ? postgresLocation(dataDir) : { dataDir };
}

/** For tests that are about PostgreSQL: `*.postgres.test.ts`. */
export function postgresLocation(dataDir: string): Required<StoreLocation> {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 24);
  return { dataDir, database: inject('postgresUrl'), schema: `t_${name}` };
}

/** The store of a folder, on the engine of this run. */
export function openTestStore(options: OpenStoreOptions): Promise<ServerStore> {
  return openStore({ ...options, ...testLocation(options.dataDir) });
}
