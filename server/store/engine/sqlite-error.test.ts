import { expect, test } from 'vitest';
import { translateSqliteError } from './sqlite-error.ts';

test.each([
  ['SQLITE_CORRUPT', 'STORE_DAMAGED'],
  ['SQLITE_CORRUPT_INDEX', 'STORE_DAMAGED'],
  ['SQLITE_CORRUPT_SEQUENCE', 'STORE_DAMAGED'],
  ['SQLITE_CORRUPT_VTAB', 'STORE_DAMAGED'],
  ['SQLITE_NOTADB', 'STORE_DAMAGED'],
  ['SQLITE_FULL', 'DISK_FULL'],
  ['SQLITE_BUSY_SNAPSHOT', 'SERVER_BUSY'],
])('%s is %s to whoever runs the server, with its cause', (code, ours) => {
  const error = Object.assign(new Error('from SQLite'), { code });
  expect(translateSqliteError(error)).toMatchObject({ code: ours, cause: error });
});

test('what is no failure of SQLite passes unchanged', () => {
  const error = new Error('of somebody else');
  expect(translateSqliteError(error)).toBe(error);
});
