import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { TallymanError } from '../../../shared/errors.ts';
import { type SqliteDatabase, translated } from '../sqlite.ts';

/** Pages copied between two turns of the event loop: well under a millisecond. */
const PAGES_PER_STEP = 64;

/** Does what `verifyOnDisk` does, wherever that keeps nobody waiting. */
export type VerifyCopy = (file: string) => Promise<void>;

/**
 * Copies a database that is in use to `target`, in small steps between which its owner goes on writing. The name appears
 * only when the copy is whole, checked and on the disk.
 */
export async function copyVerified(
  db: SqliteDatabase,
  target: string,
  verify: VerifyCopy = async (file) => verifyOnDisk(file),
): Promise<void> {
  const temporary = temporaryOf(target);
  try {
    await db.backup(temporary, { progress: () => PAGES_PER_STEP });
    await verify(temporary);
    takeName(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** The same at one go, for moments in which nobody may write anyway. */
export function copyVerifiedNow(db: SqliteDatabase, target: string): void {
  const temporary = temporaryOf(target);
  try {
    translated(target, () => db.prepare('VACUUM INTO ?').run(temporary));
    verifyOnDisk(temporary);
    takeName(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** `verifyAlone`, and then what was verified is on the disk. Both take seconds for a copy of 100,000 operations. */
export function verifyOnDisk(file: string): void {
  verifyAlone(file);
  flushFile(file);
}

/** Throws STORE_DAMAGED unless the file is a whole database; makes it stand alone, without a WAL beside it. */
export function verifyAlone(file: string): void {
  translated(file, () => {
    const db = new Database(file, { fileMustExist: true });
    try {
      db.pragma('journal_mode = DELETE');
      const found = db.pragma('integrity_check(1)', { simple: true }) as string;
      if (found !== 'ok') {
        throw new TallymanError('STORE_DAMAGED', `The file ${file} is damaged: ${found}.`, {
          details: { file },
        });
      }
    } finally {
      db.close();
    }
  });
}

/** A name that another process of the same folder would not choose is not needed: a data folder has one owner. */
function temporaryOf(target: string): string {
  const temporary = `${target}.tmp`;
  rmSync(temporary, { force: true });
  return temporary;
}

function takeName(temporary: string, target: string): void {
  renameSync(temporary, target);
  flushFolder(dirname(target));
}

export function flushFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A rename is durable once its folder is. Windows has no such call and needs none. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
