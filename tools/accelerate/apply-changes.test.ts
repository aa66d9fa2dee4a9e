import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { applyChanges } from './apply-changes.ts';

const newFolder = useTempFolders();

test('all files are written, in folders that may be new', () => {
  const root = newFolder();
  writeFileSync(join(root, 'old.ts'), 'old');
  applyChanges(root, [
    { path: 'old.ts', text: 'changed', before: 'old' },
    { path: 'a/b/new.ts', text: 'new', before: null },
  ]);
  expect(readFileSync(join(root, 'old.ts'), 'utf8')).toBe('changed');
  expect(readFileSync(join(root, 'a/b/new.ts'), 'utf8')).toBe('new');
});

test('if one cannot be written, all are as they were', () => {
  const root = newFolder();
  writeFileSync(join(root, 'old.ts'), 'old');
  mkdirSync(join(root, 'folder.ts'));
  expect(() =>
    applyChanges(root, [
      { path: 'old.ts', text: 'changed', before: 'old' },
      { path: 'new.ts', text: 'new', before: null },
      { path: 'folder.ts', text: 'impossible', before: null },
    ]),
  ).toThrow('EEXIST');
  expect(readFileSync(join(root, 'old.ts'), 'utf8')).toBe('old');
  expect(existsSync(join(root, 'new.ts'))).toBe(false);
});

test('a file that has come into being meanwhile is not overwritten', () => {
  const root = newFolder();
  writeFileSync(join(root, 'new.ts'), 'theirs');
  expect(() => applyChanges(root, [{ path: 'new.ts', text: 'mine', before: null }])).toThrow(
    'EEXIST',
  );
  expect(readFileSync(join(root, 'new.ts'), 'utf8')).toBe('theirs');
});
