import { TallymanError } from '../../../shared/errors.ts';

/** Gives SQLite's failures a code of ours and a sentence that says what to do. Other errors pass unchanged. */
export function translateSqliteError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const options = { cause: error };
  switch (error.code) {
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
      return uniqueClash(error);
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return new TallymanError(
        'CONFLICT',
        'A record that this one points to does not exist, or other records still point to this one.',
        options,
      );
    case 'SQLITE_BUSY':
    case 'SQLITE_BUSY_SNAPSHOT':
    case 'SQLITE_BUSY_RECOVERY':
      return new TallymanError(
        'SERVER_BUSY',
        'The database is busy with other work. Try again in a moment.',
        options,
      );
    case 'SQLITE_FULL':
      return new TallymanError(
        'DISK_FULL',
        'The disk of the server is full. Free some space, then try again.',
        options,
      );
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
      return new TallymanError(
        'DATA_FOLDER_MISSING',
        'The database in the data folder cannot be opened for writing. Check who may write there.',
        options,
      );
    case 'SQLITE_CORRUPT':
    case 'SQLITE_CORRUPT_INDEX':
    case 'SQLITE_CORRUPT_SEQUENCE':
    case 'SQLITE_CORRUPT_VTAB':
    case 'SQLITE_NOTADB':
      return new TallymanError(
        'STORE_DAMAGED',
        'The database of the server is damaged. Restore the data folder from a backup.',
        options,
      );
    default:
      return error;
  }
}

/** SQLite names the columns: `UNIQUE constraint failed: location.site_id, location.code`. */
function uniqueClash(error: Error): TallymanError {
  const columns = [...error.message.matchAll(/(\w+)\.(\w+)/g)];
  const table = columns[0]?.[1] ?? 'record';
  const names = columns.map((match) => match[2] ?? '').join(', ');
  return new TallymanError(
    'CONFLICT',
    `There is already a ${table.replaceAll('_', ' ')} with this ${names.replaceAll('_', ' ')}.`,
    { cause: error, details: { entity: table, columns: names } },
  );
}
