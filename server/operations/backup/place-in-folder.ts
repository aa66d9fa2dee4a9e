import { existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE_FILE } from '../../store/engine/open-engine.ts';
import { makePlainFile } from '../../store/plain-file.ts';
import { whileNobodyServes } from '../../store/serving-lock.ts';
import type { RestoreOptions } from './restore-backup.ts';
import { storeIsThere } from './store-is-there.ts';

/** Returns the name that the store which was there has now. */
export async function placeInFolder(
  work: string,
  { location: { dataDir }, replace, now }: RestoreOptions,
): Promise<string | null> {
  const from = join(work, DATABASE_FILE);
  const to = join(dataDir, DATABASE_FILE);
  return whileNobodyServes(dataDir, async () => {
    const isThere = existsSync(to);
    if (isThere && !replace) throw storeIsThere(dataDir);
    makePlainFile(from);
    await syncFile(from);
    const replaced = isThere ? await putAside(to, now()) : null;
    await rename(from, to);
    return replaced;
  });
}

/** With its log, which may hold the newest of it, and without opening it: it may be damaged. */
async function putAside(path: string, at: number): Promise<string> {
  const aside = `${path}.replaced-${new Date(at).toISOString().replaceAll(/[:.]/g, '-')}`;
  for (const suffix of ['-shm', '-wal', '']) {
    if (existsSync(path + suffix)) await rename(path + suffix, aside + suffix);
  }
  return aside;
}

async function syncFile(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  await file.sync();
}
