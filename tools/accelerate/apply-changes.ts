import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileChange } from './compose-changes.ts';

/** Writes all files, or none: if one cannot be written, those before it are put back as they were. */
export function applyChanges(root: string, changes: readonly FileChange[]): void {
  const written: FileChange[] = [];
  try {
    for (const change of changes) {
      const file = join(root, change.path);
      mkdirSync(dirname(file), { recursive: true });
      // `wx` refuses a file that has come into being meanwhile.
      writeFileSync(file, change.text, { flag: change.before === null ? 'wx' : 'w' });
      written.push(change);
    }
  } catch (error) {
    for (const { path, before } of written) {
      if (before === null) rmSync(join(root, path), { force: true });
      else writeFileSync(join(root, path), before);
    }
    throw error;
  }
}
