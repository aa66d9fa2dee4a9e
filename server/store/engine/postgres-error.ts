import pg from 'pg';
import { TallymanError } from '../../../shared/errors.ts';

/** Two transactions were in each other's way: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const CLASHES: ReadonlySet<string> = new Set(['40001', '40P01']);

/** Passes by itself: locks and statements that took too long, too many connections, a server that starts or stops. */
const PASSING: ReadonlySet<string> = new Set([
  ...CLASHES,
  '25006',
  '25P03',
  '25P04',
  '53200',
  '53300',
  '53400',
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/** What the driver says without a code. */
const CONNECTION_LOST =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed)/;

/** What PostgreSQL tells of an error. */
interface PostgresError extends Error {
  code?: string;
  table?: string;
  /** Such as `Key (site_id, code)=(1, A-1) already exists.` */
  detail?: string;
}

/** Gives PostgreSQL's failures a code of ours and a sentence that says what to do. Other errors pass unchanged. */
export function translatePostgresError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TallymanError) return error;
  const { code = '' } = error as PostgresError;
  const options = { cause: error };
  if (PASSING.has(code) || code.startsWith('08') || CONNECTION_LOST.test(error.message)) {
    return new TallymanError(
      'SERVER_BUSY',
      'The database is busy with other work or cannot be reached. Try again in a moment.',
      options,
    );
  }
  switch (code) {
    case '23505':
      return uniqueClash(error);
    case '23503':
      return new TallymanError(
        'CONFLICT',
        'A record that this one points to does not exist, or other records still point to this one.',
        options,
      );
    case '22003':
    case '22021':
    case '22P05':
      return new TallymanError(
        'BAD_INPUT',
        'There is a character or a number in it that cannot be kept.',
        options,
      );
    case '53100':
      return new TallymanError(
        'DISK_FULL',
        'The disk of the server is full. Free some space, then try again.',
        options,
      );
    case '28000':
    case '28P01':
    case '3D000':
    case '42501':
      return new TallymanError(
        'DATA_FOLDER_MISSING',
        'The database does not let this server in. Check its name, the user, the password and what the user may do.',
        options,
      );
    case 'XX001':
    case 'XX002':
      return new TallymanError(
        'STORE_DAMAGED',
        'The database of the server is damaged. Restore it from a backup.',
        options,
      );
    default:
      return error;
  }
}

export function isClash(error: unknown): boolean {
  if (!(error instanceof TallymanError) || !(error.cause instanceof Error)) return false;
  return CLASHES.has((error.cause as PostgresError).code ?? '');
}

/** Whether the database said so, rather than a check before it. */
export function isFromDatabase(error: unknown): boolean {
  const found = error instanceof TallymanError ? error.cause : error;
  return found instanceof pg.DatabaseError || (found !== error && found instanceof Error);
}

function uniqueClash(error: PostgresError): TallymanError {
  const table = error.table ?? 'record';
  const names = /^Key \(([^)]*)\)=/.exec(error.detail ?? '')?.[1] ?? '';
  return new TallymanError(
    'CONFLICT',
    `There is already a ${table.replaceAll('_', ' ')} with this ${names.replaceAll('_', ' ')}.`,
    { cause: error, details: { entity: table, columns: names } },
  );
}
