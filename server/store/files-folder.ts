import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { TallymanError } from '../../shared/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where photos and snapshots are if only a database was given: a folder of the person's own data, one for each database, so
 * that all processes of a machine find the same. Servers on several machines are given a shared one.
 */
export function filesFolderOf(database: string, environment: Environment): string {
  const folder = join(userData(environment), 'tallyman-server', nameOf(database));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new TallymanError(
      'DATA_FOLDER_MISSING',
      `The folder ${folder} for photos and snapshots could not be made. Give another with --data.`,
      { cause: error, details: { folder } },
    );
  }
  return folder;
}

/** Neither user nor password, so that it stays when these change. */
function nameOf(database: string): string {
  const url = URL.parse(database);
  const place = url === null ? '' : `${url.hostname}:${url.port || '5432'}${url.pathname}`;
  return createHash('sha256').update(place).digest('hex').slice(0, 16);
}

function userData(environment: Environment): string {
  const own = { win32: environment['LOCALAPPDATA'], linux: environment['XDG_DATA_HOME'] };
  const home = homedir();
  if (process.platform === 'win32') return own.win32 ?? join(home, 'AppData', 'Local');
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support');
  return own.linux ?? join(home, '.local', 'share');
}
