import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from '../../../shared/domain/assert.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { DATABASE_FILE, type StoreLocation } from '../../store/engine/open-engine.ts';
import { missingMigrations } from '../../store/migrate.ts';
import { makePlainFile } from '../../store/plain-file.ts';
import { openSnapshotSource, openStore } from '../../store/open-store.ts';
import { copyTables, type TableCounts } from './copy-tables.ts';
import { tableShapes } from './table-shapes.ts';

export interface CopiedStore {
  tables: TableCounts;
  serverId: string;
  serverName: string;
  migration: string;
}

/**
 * Copies a store as it is at one moment into a new one on SQLite, in one plain file. Nothing is changed in the store, and a
 * server that works with it goes on.
 */
export async function copyStore(location: StoreLocation, folder: string): Promise<CopiedStore> {
  const source = await openSnapshotSource(location);
  try {
    if ((await missingMigrations(source.reader)).length > 0) {
      throw new TallymanError(
        'UPGRADE_REQUIRED',
        'This database is of an older Tallyman server. Run "migrate" first, then take the backup.',
      );
    }
    await mkdir(folder, { recursive: true });
    const target = await openStore({ dataDir: folder });
    try {
      return await source.reader.transaction().execute(async (from) => {
        const meta = await from.selectFrom('server_meta').selectAll().executeTakeFirstOrThrow();
        const shapes = await tableShapes(target.reader);
        const tables = await target.writer
          .transaction()
          .execute((to) => copyTables(from, to, shapes));
        const newest = await from
          .selectFrom('migration')
          .select('name')
          .orderBy('name', 'desc')
          .executeTakeFirst();
        return {
          tables,
          serverId: meta.server_id,
          serverName: meta.server_name,
          migration: must(newest, 'a migration').name,
        };
      });
    } finally {
      await target.close();
      makePlainFile(join(folder, DATABASE_FILE));
    }
  } finally {
    await source.close();
  }
}
