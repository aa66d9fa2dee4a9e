import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Tried again where another program, as a virus scanner, holds a file for a moment. */
const RETRIES = 5;
const RETRY_WAIT_MS = 200;
/** Stores, their backups and copies set aside, replicas and downloads, photos. A folder may hold files that are not ours. */
const OURS = /^(work\.db|backup$|damaged$|replica$|photos$)/;

/** Removes all data from a data folder. Whoever is killed half-way does it again; nobody may have any of it open. */
export function clearFolder(dataFolder: string): void {
  for (const name of readdirSync(dataFolder).filter((entry) => OURS.test(entry))) {
    rmSync(join(dataFolder, name), {
      recursive: true,
      force: true,
      maxRetries: RETRIES,
      retryDelay: RETRY_WAIT_MS,
    });
  }
}
