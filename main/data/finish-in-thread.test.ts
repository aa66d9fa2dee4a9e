import { readFileSync, writeFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { EntityDefinition } from '../../shared/entities/define-entity.ts';
import { product } from '../../shared/entities/product.ts';
import { stockLevel } from '../../shared/entities/stock-level.ts';
import { siteScope } from '../../shared/sync/scope.ts';
import { testId } from '../../tests/support/replica-fixture.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { Replica } from '../store/replica.ts';
import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import { openReadable, openWritable } from '../store/sqlite.ts';
import { WorkStore } from '../store/work-store.ts';
import { finishInThread, verifyInThread } from './finish-in-thread.ts';

const tempFolder = useTempFolders();
const SITE_SCOPE = siteScope(testId('site', 1));
const never = new AbortController().signal;
const entry = new URL('./replica-finisher.ts', import.meta.url);
const finish = finishInThread(entry);
const PRODUCTS = 10_000;
const LEVELS = 150_000;

/** A file as a first sync leaves it before its indexes are built. */
function filledReplica(folder: string, entity: EntityDefinition, rows: number): Replica {
  const replica = Replica.create(join(folder, `${entity.name}.db`), {
    scope: entity.scope === 'catalogue' ? 'catalogue' : SITE_SCOPE,
    serverId: testId('row', 1),
    epoch: testId('row', 2),
  });
  replica.begin();
  for (let from = 0; from < rows; from += 10_000) {
    replica.putRows(
      entity.name,
      Array.from({ length: 10_000 }, (_, at) => [
        ...entity.columns.map(({ name, kind, nullable }) => {
          if (name === 'id') return testId('row', from + at);
          if (kind === 'text') return nullable ? null : `Blue bolt ${from + at}`;
          return nullable ? null : 0;
        }),
        1,
      ]),
    );
  }
  replica.commit({ version: 1 });
  replica.settle();
  return replica;
}

/** Whether another connection is in the middle of writing. */
function isBeingWritten(file: string): boolean {
  const db = new Database(file, { timeout: 0 });
  try {
    db.exec('BEGIN IMMEDIATE');
    return false;
  } catch (error) {
    expect((error as { code?: string }).code).toBe('SQLITE_BUSY');
    return true;
  } finally {
    db.close();
  }
}

function boltsIn(replica: Replica): unknown {
  return replica.database
    .prepare(`SELECT count(*) FROM product_search WHERE product_search MATCH 'bolt'`)
    .pluck()
    .get();
}

function indexesOf(file: string): string[] {
  const db = openReadable(file);
  try {
    return db
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`)
      .pluck()
      .all() as string[];
  } finally {
    db.close();
  }
}

test('in the middle of building an index, what people do is stored', async () => {
  const folder = tempFolder();
  const work = WorkStore.open(folder, () => 'device');
  const replica = filledReplica(folder, stockLevel, LEVELS);
  const all = replicaSchema('site').indexes.length;
  let ended = false;
  const built = finish(replica.file, SITE_SCOPE, never).finally(() => {
    ended = true;
  });
  let storedMeanwhile = 0;
  for (let number = 0; !ended; number++) {
    // Each index is one call to SQLite, so on this thread it would never be seen half done.
    const isHalfDone = isBeingWritten(replica.file) && indexesOf(replica.file).length < all;
    work.drafts.put({ key: 'form', value: number }, number);
    if (isHalfDone && indexesOf(replica.file).length < all) storedMeanwhile += 1;
    await turn();
  }
  await built;
  expect(storedMeanwhile).toBeGreaterThan(0);
  expect(indexesOf(replica.file)).toHaveLength(all);
  replica.close();
  work.close();
});

test('the connection that filled the file goes on with it as if nothing had been', async () => {
  const replica = filledReplica(tempFolder(), product, PRODUCTS);
  await finish(replica.file, 'catalogue', never);
  replica.begin();
  replica.commit({ complete: true });
  expect(boltsIn(replica)).toBe(PRODUCTS);
  expect(replica.database.pragma('integrity_check', { simple: true })).toBe('ok');
  replica.close();
});

test('a build that is cancelled lets go of the file, and is done again from where it was', async () => {
  const replica = filledReplica(tempFolder(), product, PRODUCTS);
  const stop = new AbortController();
  const cancelled = finish(replica.file, 'catalogue', stop.signal);
  cancelled.catch(() => undefined);
  while (indexesOf(replica.file).length === 0) await turn();
  stop.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
  // Nobody else holds it: a write is not kept waiting.
  replica.begin();
  replica.commit({});
  await finish(replica.file, 'catalogue', never);
  expect(boltsIn(replica)).toBe(PRODUCTS);
  replica.close();
});

test('a file that cannot be opened ends the build, not the thread that waits', async () => {
  const missing = join(tempFolder(), 'nowhere', 'catalogue.db');
  await expect(finish(missing, 'catalogue', never)).rejects.toMatchObject({ code: 'INTERNAL' });
});

test('a copy is read through in another thread, which says what is wrong with it', async () => {
  const verify = verifyInThread(entry);
  const file = join(tempFolder(), 'copy.db');
  const db = openWritable(file, { durability: 'FULL' });
  db.exec('CREATE TABLE note (text TEXT)');
  db.prepare('INSERT INTO note VALUES (?)').run('x'.repeat(100_000));
  db.close();
  await verify(file);
  const content = readFileSync(file);
  writeFileSync(file, content.fill(0xff, 8_192, 12_288));
  await expect(verify(file)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
});
