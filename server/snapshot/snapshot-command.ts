import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TallymanError } from '../../shared/errors.ts';
import { type Scope, scopeField } from '../../shared/sync/scope.ts';
import type { StoreLocation } from '../store/engine/open-engine.ts';
import { DATABASE_FILE, openStore } from '../store/open-store.ts';
import { ownSnapshotStore } from './open-shelf.ts';
import { runBuilder } from './run-builder.ts';

export interface SnapshotCommandOptions {
  data: string;
  database?: string | undefined;
  /** As `serve` has it: `s3://bucket/prefix`, which organisations share. */
  snapshotStore?: string | undefined;
  scope: string;
}

/** Builds one snapshot, whether it is needed or not, and prints what it is as one line of JSON. Ctrl+C ends the build. */
export async function runSnapshotCommand(
  { data, database, snapshotStore, scope }: SnapshotCommandOptions,
  { stdout }: { stdout: NodeJS.WritableStream },
): Promise<void> {
  const task = { dataDir: data, database, scope: scopeOf(scope) };
  const serverId = await assertServerData(task);
  const shelf = { snapshotStore: ownSnapshotStore(snapshotStore, serverId) };
  const stopping = new AbortController();
  const stop = (): void =>
    stopping.abort(new TallymanError('CANCELLED', 'Stopped. No snapshot was built.'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const built = await runBuilder({ ...task, ...shelf }, stopping.signal);
    if (built === null) {
      throw new TallymanError(
        'SERVER_BUSY',
        'A snapshot is being built already. Try again when it is done.',
      );
    }
    const { manifest, seconds, peakBytes } = built;
    const { version, hash, digest, bytes, plainBytes } = manifest;
    const line = {
      scope,
      version,
      hash,
      rows: digest.count,
      bytes,
      plainBytes,
      seconds,
      peakBytes,
    };
    stdout.write(`${JSON.stringify(line)}\n`);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function scopeOf(text: string): Scope {
  const scope = scopeField.safeParse(text);
  if (scope.success) return scope.data;
  throw new TallymanError('BAD_INPUT', 'A scope is catalogue, or site: and the id of a site.');
}

/** Opening it once brings the database of an older server up to date. Returns the id of the server. */
async function assertServerData({ dataDir, database }: StoreLocation): Promise<string> {
  if (database === undefined && !existsSync(join(dataDir, DATABASE_FILE))) {
    throw new TallymanError(
      'DATA_FOLDER_MISSING',
      `There is no server's database in ${dataDir}. Give the --data folder of a server.`,
      { details: { folder: dataDir } },
    );
  }
  const store = await openStore({ dataDir, database });
  await store.close();
  return store.serverId;
}
