import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreLocation } from './engine/open-engine.ts';
import { takeAdvisoryLock } from './engine/postgres-lock.ts';
import { takeFileLock } from './take-file-lock.ts';

export interface NamedLock {
  release: () => Promise<void>;
}

/**
 * Held by one of all processes that work for an organisation, or null. It goes with the process, however that ends: on SQLite it
 * is a lock on a file, on PostgreSQL one of a connection.
 */
export async function takeNamedLock(
  location: StoreLocation,
  name: string,
): Promise<NamedLock | null> {
  const { dataDir, database, schema } = location;
  if (database !== undefined) return takeAdvisoryLock({ url: database, schema }, name);
  mkdirSync(dataDir, { recursive: true });
  const lock = takeFileLock(join(dataDir, `${name}.lock`));
  return lock === null ? null : { release: async () => lock.release() };
}
