import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TallymanError } from '../../shared/errors.ts';
import { organisationField } from '../../shared/sync/organisation.ts';
import { DATABASE_FILE, type StoreLocation } from '../store/engine/open-engine.ts';
import { filesFolderOf } from '../store/files-folder.ts';
import { organisationLocation } from '../tenant/organisation-location.ts';

export interface LocationFlags {
  data?: string | undefined;
  database?: string | undefined;
  organisation?: string | undefined;
}

/** Where the organisation of a command has its data. Flags win over the environment. Throws BAD_INPUT. */
export function commandLocation(
  { data, database, organisation }: LocationFlags,
  environment: Readonly<Record<string, string | undefined>>,
): StoreLocation {
  const url = database ?? environment['TALLYMAN_DATABASE'];
  const dataDir =
    data ??
    environment['TALLYMAN_DATA'] ??
    (url === undefined ? undefined : filesFolderOf(url, environment));
  if (dataDir === undefined) {
    throw new TallymanError(
      'BAD_INPUT',
      'Say where the data is: --data DIR, or --database postgres://…',
    );
  }
  const base: StoreLocation = { dataDir, database: url };
  if (organisation === undefined) return base;
  const code = organisationField.safeParse(organisation);
  if (code.success) return organisationLocation(base, code.data);
  throw new TallymanError('BAD_INPUT', 'An organisation is named by its code, as in /o/<code>.');
}

/** For what works on a store that is there. */
export function requireStore({ dataDir, database }: StoreLocation): void {
  if (database !== undefined || existsSync(join(dataDir, DATABASE_FILE))) return;
  throw new TallymanError(
    'DATA_FOLDER_MISSING',
    `There is no server's database in ${dataDir}. Give the --data folder of a server.`,
    { details: { folder: dataDir } },
  );
}
