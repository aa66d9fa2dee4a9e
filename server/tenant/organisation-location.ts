import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { type OrganisationCode, organisationField } from '../../shared/sync/organisation.ts';
import { DATABASE_FILE, type StoreLocation } from '../store/engine/open-engine.ts';
import { DEFAULT_SCHEMA } from '../store/engine/postgres-connection.ts';
import type { ServerDatabase } from '../store/server-database.ts';

const ORGANISATIONS_FOLDER = 'organisations';

/** Where an organisation's data are, in a folder and a schema of its own, from where those of the first one are. */
export function organisationLocation(
  { dataDir, database }: StoreLocation,
  code: OrganisationCode | null,
): StoreLocation {
  if (code === null) return { dataDir, database };
  const own = join(dataDir, ORGANISATIONS_FOLDER, code);
  return database === undefined
    ? { dataDir: own }
    : { dataDir: own, database, schema: schemaOf(code) };
}

/** Makes the folder of an organisation, its parents too. */
export function makeOrganisationFolder({ dataDir }: StoreLocation): void {
  mkdirSync(dataDir, { recursive: true });
}

/** Those that have been added, in the order of their codes; without the first one, which has none. */
export async function organisationsAt(
  base: StoreLocation,
  first: Kysely<ServerDatabase>,
): Promise<readonly OrganisationCode[]> {
  const names = base.database === undefined ? foldersIn(base.dataDir) : await schemasIn(first);
  return names
    .flatMap((name) => {
      const parsed = organisationField.safeParse(name);
      return parsed.success ? [parsed.data] : [];
    })
    .toSorted((a, b) => (a < b ? -1 : 1));
}

export async function organisationExists(
  base: StoreLocation,
  first: Kysely<ServerDatabase>,
  code: OrganisationCode,
): Promise<boolean> {
  const { dataDir, database } = organisationLocation(base, code);
  if (database === undefined) return existsSync(join(dataDir, DATABASE_FILE));
  return (await schemasIn(first)).includes(code);
}

function foldersIn(dataDir: string): readonly string[] {
  const folder = join(dataDir, ORGANISATIONS_FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, DATABASE_FILE)));
}

async function schemasIn(first: Kysely<ServerDatabase>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_catalog.pg_namespace
    where starts_with(nspname, ${`${DEFAULT_SCHEMA}_`})`.execute(first);
  return rows.map(({ name }) => name.slice(DEFAULT_SCHEMA.length + 1).replaceAll('_', '-'));
}

/** Codes have no underscores, so this can be undone. */
function schemaOf(code: OrganisationCode): string {
  return `${DEFAULT_SCHEMA}_${code.replaceAll('-', '_')}`;
}
