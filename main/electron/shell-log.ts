import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';

const FILE_BYTES_MAX = 2_000_000;

/** The shell's log: one file and the one before it, so that it stays small for ever. */
export function openShellLog(folder: string): Logger {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'main.log');
  if (existsSync(path) && statSync(path).size > FILE_BYTES_MAX) {
    renameSync(path, join(folder, 'main.old.log'));
  }
  // Written at once: the line that matters most is the one before a crash.
  return pino({ base: null }, pino.destination({ dest: path, sync: true }));
}
