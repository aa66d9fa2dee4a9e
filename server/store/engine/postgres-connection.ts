import pg from 'pg';
import { TallymanError } from '../../../shared/errors.ts';

/** The schema of an organisation that was given none. */
export const DEFAULT_SCHEMA = 'tallyman';
const SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,62}$/;

/** Also for a free connection of a pool: as long as laptops wait for an answer, so that all who come at once are served. */
const CONNECT_TIMEOUT_MS = 30_000;

export interface PostgresTarget {
  /** `postgres://…`, with the password in it: never in a log, an error or an argument of a process. */
  url: string;
  schema?: string | undefined;
}

/** Session settings by their names, besides the schema. */
export type SessionSettings = Readonly<Record<string, string>>;

/** How to connect to an organisation's schema, whether it is there yet or not. Throws BAD_INPUT. */
export function postgresConnection(
  { url, schema = DEFAULT_SCHEMA }: PostgresTarget,
  settings: SessionSettings = {},
): pg.ClientConfig {
  const parsed = URL.parse(url);
  if (parsed === null || !['postgres:', 'postgresql:'].includes(parsed.protocol)) {
    throw new TallymanError(
      'BAD_INPUT',
      'The address of a database looks like this: postgres://user:password@host:5432/name.',
    );
  }
  if (!SCHEMA_NAME.test(schema)) {
    throw new TallymanError(
      'BAD_INPUT',
      'The name of a schema has small letters, digits and underscores, at most 63.',
      { details: { schema } },
    );
  }
  const own = Object.entries({ search_path: schema, ...settings }).map(
    ([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`,
  );
  // Those of the address stay, and ours come last.
  const options = [parsed.searchParams.get('options') ?? '', ...own].join(' ').trim();
  parsed.searchParams.delete('options');
  return {
    connectionString: parsed.href,
    options,
    application_name: applicationName(schema),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser },
  };
}

/** Tells whoever looks at the database's connections whose they are; names there have 63 letters. */
export function applicationName(schema: string): string {
  return `tallyman ${schema}`.slice(0, 63);
}

/** Integers of 64 bits come as numbers, as from SQLite. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (id, format) => {
  if (id === pg.types.builtins.INT8 || id === pg.types.builtins.NUMERIC) return exactNumber;
  return pg.types.getTypeParser(id, format) as (value: string) => unknown;
};

function exactNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is not an exact number`);
  return value;
}
