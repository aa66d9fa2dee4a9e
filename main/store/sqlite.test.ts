import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { assertSafeSqlite, openReadable, openWritable } from './sqlite.ts';

const tempFolder = useTempFolders();

test.each(['3.7.0', '3.46.1', '3.51.2'])('SQLite %s is refused', (version) => {
  expect(() => assertSafeSqlite(version)).toThrow(
    expect.objectContaining({ code: 'SQLITE_TOO_OLD' }),
  );
});

test.each(['3.51.3', '3.52.0', '4.0.0'])('SQLite %s is taken', (version) => {
  expect(() => assertSafeSqlite(version)).not.toThrow();
});

test('what must not be lost is on the disk when the call returns', () => {
  const db = openWritable(join(tempFolder(), 'work.db'), { durability: 'FULL' });
  const FULL = 2;
  expect(db.pragma('synchronous', { simple: true })).toBe(FULL);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  db.close();
});

test('a reader cannot write', () => {
  const file = join(tempFolder(), 'some.db');
  const db = openWritable(file, { durability: 'NORMAL' });
  db.exec('CREATE TABLE t (a INTEGER)');
  const reader = openReadable(file);
  expect(() => reader.prepare('INSERT INTO t VALUES (1)').run()).toThrow(/readonly/);
  reader.close();
  db.close();
});

test('a file that is no database is called damaged', () => {
  const file = join(tempFolder(), 'some.db');
  writeFileSync(file, 'this is a letter to my grandmother, not a database');
  expect(() => openWritable(file, { durability: 'NORMAL' })).toThrow(
    expect.objectContaining({ code: 'STORE_DAMAGED' }),
  );
});
