import { randomUUID } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Kysely } from 'kysely';
import { must } from '../../shared/domain/assert.ts';
import { TallymanError } from '../../shared/errors.ts';
import { BulkWriter } from './bulk-writer.ts';
import { makeIdSource } from './make-id-source.ts';
import { migrate } from './migrate.ts';
import type { ServerDatabase } from './server-database.ts';
import { RowReader } from './row-reader.ts';
import { openSqlite } from './sqlite-dialect.ts';

export const DATABASE_FILE = 'server.db';

/** The server's database. `commitChanges` is the only way to change entities. */
export interface ServerStore {
  /** One write transaction at a time; waits its turn. */
  writer: Kysely<ServerDatabase>;
  /** Its own connection, so that pulls do not queue behind writes. A transaction is a snapshot. */
  reader: Kysely<ServerDatabase>;
  /** For snapshots that are read step by step over seconds; pulls do not queue behind these either. */
  slowReader: Kysely<ServerDatabase>;
  bulk: BulkWriter;
  rows: RowReader;
  serverId: string;
  serverName: string;
  makeEpoch: () => string;
  /** Ids of rows that the server makes by itself. */
  newId: () => string;
  /** A transaction still at work is rolled back. */
  close: () => void;
}

export interface OpenStoreOptions {
  /** Made if it is not there but its parent is. */
  dataDir: string;
  /** For people. Kept until another is given. */
  name?: string | undefined;
  now?: (() => number) | undefined;
  /** Makes the ids of the server and of scope histories. */
  makeEpoch?: (() => string) | undefined;
  newId?: (() => string) | undefined;
}

export async function openStore(options: OpenStoreOptions): Promise<ServerStore> {
  const { dataDir, name, now = Date.now, makeEpoch = randomUUID } = options;
  const newId = options.newId ?? makeIdSource(now);
  ensureFolder(dataDir);
  const file = join(dataDir, DATABASE_FILE);
  const writing = openSqlite(file, 'write');
  const writer = new Kysely<ServerDatabase>({ dialect: writing.dialect });
  try {
    await migrate(writer, { now, makeEpoch });
    if (name !== undefined) {
      await writer.updateTable('server_meta').set({ server_name: name }).execute();
    }
    const meta = await writer.selectFrom('server_meta').selectAll().executeTakeFirstOrThrow();
    const readings = [openSqlite(file, 'read'), openSqlite(file, 'read')] as const;
    return {
      writer,
      reader: new Kysely<ServerDatabase>({ dialect: readings[0].dialect }),
      slowReader: new Kysely<ServerDatabase>({ dialect: readings[1].dialect }),
      bulk: new BulkWriter(),
      rows: new RowReader(),
      serverId: meta.server_id,
      serverName: meta.server_name,
      makeEpoch,
      newId,
      // Not by Kysely's own `destroy`, which closes nothing if it was never used.
      close: () => {
        for (const engine of [...readings, writing]) engine.close();
      },
    };
  } catch (error) {
    writing.close();
    throw error;
  }
}

/** What building a snapshot reads: a connection of its own, in a process of its own. */
export interface SnapshotSource {
  reader: Kysely<ServerDatabase>;
  serverId: string;
  close: () => void;
}

/** Reads the database of a server that has been started at least once, and changes nothing. */
export async function openSnapshotSource(dataDir: string): Promise<SnapshotSource> {
  const engine = openSqlite(join(dataDir, DATABASE_FILE), 'read');
  const reader = new Kysely<ServerDatabase>({ dialect: engine.dialect });
  try {
    const meta = await reader.selectFrom('server_meta').select('server_id').executeTakeFirst();
    return {
      reader,
      serverId: must(meta, 'the server of this data folder').server_id,
      close: () => engine.close(),
    };
  } catch (error) {
    engine.close();
    throw error;
  }
}

function ensureFolder(dataDir: string): void {
  if (statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const parent = dirname(dataDir);
  if (statSync(parent, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new TallymanError(
      'DATA_FOLDER_MISSING',
      `The folder ${parent} does not exist. Make it first, or give another --data folder.`,
      { details: { folder: parent } },
    );
  }
  try {
    mkdirSync(dataDir);
  } catch (error) {
    throw new TallymanError(
      'DATA_FOLDER_MISSING',
      `The data folder ${dataDir} could not be made. Give another --data folder.`,
      { cause: error, details: { folder: dataDir } },
    );
  }
}
