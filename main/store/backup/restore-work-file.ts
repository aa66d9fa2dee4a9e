import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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
 * Puts the newest whole backup in the place of a damaged `work.db`. The damaged file is moved aside under a dated name and
 * never deleted: what it still holds is copied back afterwards, and people may need the rest. Nobody may have it open.
 */
export function restoreWorkFile(file: string, at: number): RestoredFile {
  const setAside = moveAside(file, at);
  for (const backup of new BackupFolder(dirname(file)).list()) {
    try {
      putInPlace(backup.file, file);
      return { setAside, backup: backup.file };
    } catch (error) {
      // A backup that rotted on the disk is passed over for the one before it.
      if (!(error instanceof TallymanError) || error.code !== 'STORE_DAMAGED') throw error;
    }
  }
  return { setAside, backup: null };
}

function moveAside(file: string, at: number): string | null {
  if (!existsSync(file)) {
    // A WAL without its database would be played into the backup.
    for (const part of PARTS) rmSync(file + part, { force: true });
    return null;
  }
  const folder = join(dirname(file), 'damaged');
  mkdirSync(folder, { recursive: true });
  let target = join(folder, `work-${stampOf(at)}.db`);
  for (let number = 2; existsSync(target); number++) {
    target = join(folder, `work-${stampOf(at)}-${number}.db`);
  }
  // The database goes last: killed in between, the next start finds it in its place and does the same again.
  for (const part of PARTS.toReversed()) {
    if (existsSync(file + part)) renameSync(file + part, target + part);
  }
  flushFolder(folder);
  return target;
}

function putInPlace(backup: string, file: string): void {
  const temporary = join(dirname(file), `${basename(file)}.restoring`);
  try {
    copyFileSync(backup, temporary);
    verifyAlone(temporary);
    flushFile(temporary);
    renameSync(temporary, file);
    flushFolder(dirname(file));
  } finally {
    rmSync(temporary, { force: true });
  }
}
