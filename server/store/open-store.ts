import { randomInt, randomUUID } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Kysely } from 'kysely';
import { must } from '../../shared/domain/assert.ts';
import { TallymanError } from '../../shared/errors.ts';
import { BulkWriter } from './bulk-writer.ts';
import { openDatabase, type OpenedDatabase, type StoreLocation } from './engine/open-engine.ts';
import type { PoolUse } from './engine/pool-use.ts';
import type { PostgresRole } from './engine/postgres-dialect.ts';
import { makeIdSource } from './make-id-source.ts';
import { openVersionFeed } from './feed/open-version-feed.ts';
import type { VersionFeed } from './feed/version-feed.ts';
import { migrate } from './migrate.ts';
import type { ServerDatabase } from './server-database.ts';
import { RowReader } from './row-reader.ts';

export { DATABASE_FILE } from './engine/open-engine.ts';

/** The server's database. `commitChanges` is the only way to change entities. */
export interface ServerStore {
  /** On SQLite one write transaction at a time, which waits its turn. */
  writer: Kysely<ServerDatabase>;
  /** Connections of its own, so that pulls do not queue behind writes. A transaction is a snapshot. */
  reader: Kysely<ServerDatabase>;
  /** For snapshots that are read step by step over seconds; pulls do not queue behind these either. */
  slowReader: Kysely<ServerDatabase>;
  bulk: BulkWriter;
  rows: RowReader;
  /** Hears of every commit, those of other processes included. */
  pokes: VersionFeed;
  serverId: string;
  serverName: string;
  makeEpoch: () => string;
  /** Ids of rows that the server makes by itself. */
  newId: () => string;
  /** From 0 to below 1: how long to wait before what clashed is tried again. */
  random: () => number;
  /** How its pools are used, by their names; empty on SQLite, which has none. */
  connections: () => Readonly<Partial<Record<PostgresRole, PoolUse>>>;
  /** A transaction still at work is rolled back. */
  close: () => Promise<void>;
}

/** A data folder of SQLite is made if it is not there but its parent is. */
export interface OpenStoreOptions extends StoreLocation {
  /** For people. Kept until another is given. */
  name?: string | undefined;
  now?: (() => number) | undefined;
  /** Makes the ids of the server and of scope histories. */
  makeEpoch?: (() => string) | undefined;
  newId?: (() => string) | undefined;
  random?: (() => number) | undefined;
  /** Of connections that broke. They are made anew when they are needed. */
  reportLoss?: ((error: Error) => void) | undefined;
}

export async function openStore(options: OpenStoreOptions): Promise<ServerStore> {
  const { name, now = Date.now, makeEpoch = randomUUID, random = secureRandom } = options;
  const newId = options.newId ?? makeIdSource(now);
  if (options.database === undefined) ensureFolder(options.dataDir);
  const open = (role: PostgresRole): OpenedDatabase =>
    openDatabase(options, role, options.reportLoss);
  const writing = open('write');
  const opened = [writing];
  const closeAll = async (): Promise<void> => {
    await Promise.all(opened.map(({ close }) => close()));
  };
  try {
    const writer = writing.db;
    await migrate(writer, { now, makeEpoch });
    if (name !== undefined) {
      await writer.updateTable('server_meta').set({ server_name: name }).execute();
    }
    const meta = await writer.selectFrom('server_meta').selectAll().executeTakeFirstOrThrow();
    const reading = open('read');
    opened.unshift(reading);
    const slowReading = open('slowRead');
    opened.unshift(slowReading);
    const pokes = openVersionFeed({ ...options, writer, reader: reading.db, random });
    return {
      writer,
      reader: reading.db,
      slowReader: slowReading.db,
      bulk: new BulkWriter(),
      rows: new RowReader(),
      pokes,
      serverId: meta.server_id,
      serverName: meta.server_name,
      makeEpoch,
      newId,
      random,
      connections: () => usesOf({ write: writing, read: reading, slowRead: slowReading }),
      close: async () => {
        await pokes.close();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function usesOf(
  opened: Readonly<Record<PostgresRole, OpenedDatabase>>,
): Partial<Record<PostgresRole, PoolUse>> {
  return Object.fromEntries(
    Object.entries(opened).flatMap(([role, { poolUse }]) => {
      const use = poolUse();
      return use === null ? [] : [[role, use]];
    }),
  );
}

/** What building a snapshot reads: a connection of its own, in a process of its own. */
export interface SnapshotSource {
  reader: Kysely<ServerDatabase>;
  serverId: string;
  close: () => Promise<void>;
}

/** Reads the database of a server that has been started at least once, and changes nothing. */
export async function openSnapshotSource(location: StoreLocation): Promise<SnapshotSource> {
  const { db, close } = openDatabase(location, 'slowRead');
  try {
    const meta = await db.selectFrom('server_meta').select('server_id').executeTakeFirst();
    return { reader: db, serverId: must(meta, 'the server of this store').server_id, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** From 0 to below 1. */
function secureRandom(): number {
  return randomInt(2 ** 32) / 2 ** 32;
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
