import { must } from '../../../shared/domain/assert.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { DEFAULT_SCHEMA } from '../../store/engine/postgres-connection.ts';
import { PostgresSchemas } from '../../store/engine/postgres-schema.ts';
import { openStore } from '../../store/open-store.ts';
import { copyTables } from './copy-tables.ts';
import type { RestoreOptions } from './restore-backup.ts';
import { storeIsThere } from './store-is-there.ts';
import { tableShapes } from './table-shapes.ts';

/** Room for what is put around it: names have 63 letters. */
const NAME_STEM_MAX = 40;

/** Fills a schema of its own and gives it the name when it is whole. Returns the name that the one which was there has now. */
export async function placeInSchema(
  work: string,
  { location, replace, now }: RestoreOptions,
): Promise<string | null> {
  const { schema = DEFAULT_SCHEMA } = location;
  const url = must(location.database, 'the address of the database');
  const schemas = await PostgresSchemas.connect({ url, schema });
  try {
    const isThere = await schemas.has(schema);
    if (isThere && !replace) throw storeIsThere(schema);
    if (isThere && (await schemas.connections(schema)) > 0) {
      throw new TallymanError(
        'SERVER_BUSY',
        'Servers are connected to this database. Stop them first.',
      );
    }
    const stem = schema.slice(0, NAME_STEM_MAX);
    // Put before: a schema whose name begins as those of organisations do would be served as one.
    const fresh = `restoring_${stem}`;
    await schemas.drop(fresh);
    await fill(work, { ...location, schema: fresh });
    const old = isThere ? `replaced_${stem}_${now()}` : null;
    await schemas.swap(schema, { fresh, old });
    return old;
  } finally {
    await schemas.close();
  }
}

async function fill(work: string, location: RestoreOptions['location']): Promise<void> {
  const source = await openStore({ dataDir: work });
  try {
    const target = await openStore(location);
    try {
      const shapes = await tableShapes(source.reader);
      await source.reader
        .transaction()
        .execute((from) =>
          target.writer.transaction().execute((to) => copyTables(from, to, shapes)),
        );
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
