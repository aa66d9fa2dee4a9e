import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TallymanError } from '../../../shared/errors.ts';
import { BackupFolder, stampOf } from './backup-folder.ts';
import { flushFile, flushFolder, verifyAlone } from './verified-copy.ts';

/** What a database in WAL mode consists of. */
const PARTS = ['', '-wal', '-shm'];

export interface RestoredFile {
  /** The damaged file, kept for ever; null if there was none. */
  setAside: string | null;
  /** The backup that took its place; null if there was none that is whole. */
  backup: string | null;
}

/** Whether `work.db` is missing or empty though there was one: SQLite would take that for a new store. */
export function isWorkFileLost(file: string): boolean {
  if (existsSync(file) && statSync(file).size > 0) return false;
  return new BackupFolder(dirname(file)).list().length > 0;
}

/**
 * Puts the newest whole backup in the place of a damaged `work.db`, once `complete` has added to it what the damaged file
 * still holds. A copy of that one is kept under a dated name and never deleted: people may need the rest. Killed at any
 * moment, the next start finds the damaged file in its place and does the same again. Nobody may have it open.
 */
export function restoreWorkFile(
  file: string,
  at: number,
  complete: (temporary: string, setAside: string) => void,
): RestoredFile {
  const setAside = copyAside(file, at);
  const temporary = `${file}.restoring`;
  for (const part of PARTS) rmSync(temporary + part, { force: true });
  const backup = copyNewestWhole(dirname(file), temporary);
  if (setAside !== null) complete(temporary, setAside);
  // Nothing was left and no backup is whole: the caller makes a new store.
  if (!existsSync(temporary)) return { setAside, backup };
  flushFile(temporary);
  // A WAL that stayed would be played into the new file.
  for (const part of PARTS.slice(1)) rmSync(file + part, { force: true });
  renameSync(temporary, file);
  flushFolder(dirname(file));
  return { setAside, backup };
}

function copyAside(file: string, at: number): string | null {
  if (!existsSync(file)) return null;
  const folder = join(dirname(file), 'damaged');
  mkdirSync(folder, { recursive: true });
  let target = join(folder, `work-${stampOf(at)}.db`);
  for (let number = 2; existsSync(target); number++) {
    target = join(folder, `work-${stampOf(at)}-${number}.db`);
  }
  for (const part of ['', '-wal']) {
    if (!existsSync(file + part)) continue;
    copyFileSync(file + part, target + part);
    flushFile(target + part);
  }
  flushFolder(folder);
  return target;
}

/** A backup that rotted on the disk is passed over for the one before it. Null if none is whole. */
function copyNewestWhole(dataFolder: string, target: string): string | null {
  for (const { file } of new BackupFolder(dataFolder).list()) {
    try {
      copyFileSync(file, target);
      verifyAlone(target);
      return file;
    } catch (error) {
      if (!(error instanceof TallymanError) || error.code !== 'STORE_DAMAGED') throw error;
      rmSync(target, { force: true });
    }
  }
  return null;
}
