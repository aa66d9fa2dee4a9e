import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { toWireError } from '../../shared/errors.ts';
import {
  assertSafeSqlite,
  openReadable,
  openWritable,
  translated,
  translatedError,
} from './sqlite.ts';

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

test('a disk that fails is told of with what exactly failed and at which file, but not where that is', () => {
  const folder = tempFolder();
  const file = join(folder, 'some.db');
  const db = openWritable(file, { durability: 'NORMAL' });
  db.exec('CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)');
  const reader = openReadable(file);
  truncateSync(`${file}-wal`);
  const read = (): unknown => translated(file, () => reader.prepare('SELECT * FROM t').all());
  expect(read).toThrow(
    expect.objectContaining({
      code: 'INTERNAL',
      message: expect.stringContaining('some.db (SQLITE_IOERR_SHORT_READ)'),
      details: { file: 'some.db', systemCode: 'SQLITE_IOERR_SHORT_READ' },
    }),
  );
  // Also where nothing translates it.
  const bare = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSTAT' });
  expect(toWireError(bare).message).toBe('disk I/O error (SQLITE_IOERR_FSTAT)');
  reader.close();
  db.close();
});

test('damage is known whatever part of a file it is in', () => {
  const error = Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT_VTAB' });
  expect(translatedError('some.db', error)).toMatchObject({ code: 'STORE_DAMAGED' });
});
