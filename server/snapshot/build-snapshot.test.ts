import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import {
  barcodeRow,
  categoryRow,
  idOf,
  levelRow,
  locationRow,
  productRow,
  siteRow,
} from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { IS_POSTGRES, testLocation } from '../../tests/support/test-store.ts';
import { unpackedSnapshot } from '../../tests/support/unpacked-snapshot.ts';
import { entitiesOf } from '../../shared/entities/registry.ts';
import { EntityTable } from '../../shared/replica/entity-table.ts';
import { readState } from '../../shared/replica/replica-state.ts';
import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import { addHash, type Digest, EMPTY_DIGEST, rowHash } from '../../shared/sync/digest.ts';
import { CATALOGUE_SCOPE, type Scope, scopeKindOf, siteScope } from '../../shared/sync/scope.ts';
import type { StoreLocation } from '../store/engine/open-engine.ts';
import { openStore, type ServerStore } from '../store/open-store.ts';
import { takeNamedLock } from '../store/take-named-lock.ts';
import { readScopeState } from '../sync/scope-state.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { buildSnapshot, type BuildOptions } from './build-snapshot.ts';
import { BUILDER_DATABASE, type BuilderMessage, type BuilderTask } from './builder-message.ts';
import { runBuilder } from './run-builder.ts';

const newFolder = useTempFolders();
const never = new AbortController().signal;
const SITE = siteScope(idOf(1));
const PRODUCTS = 2_500;
/** On PostgreSQL builders keep out of each other's way in the database. */
const LOCK_FILES = IS_POSTGRES ? [] : ['building.lock'];

interface Bench {
  location: StoreLocation;
  shelf: string;
  store: ServerStore;
  build: (change?: Partial<BuildOptions>) => ReturnType<typeof buildSnapshot>;
}

async function newBench(): Promise<Bench> {
  const location = await testLocation(newFolder());
  const { dataDir } = location;
  const store = await openStore(location);
  onTestFinished(() => store.close());
  const numbers = Array.from({ length: PRODUCTS }, (_, at) => at + 1);
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(1), siteRow(2)]);
    await tx.insert('category', [categoryRow(1, { name: 'Tools' })]);
    await tx.insert('brand', [{ id: idOf(1), code: null, name: 'Hald' }]);
    const links = { category_id: idOf(1), brand_id: idOf(1) };
    await tx.insert(
      'product',
      numbers.map((number) => productRow(number, { ...links, name: `Hammer no ${number}` })),
    );
    await tx.insert(
      'barcode',
      numbers.map((number) => barcodeRow(number, { product_id: idOf(number) })),
    );
    await tx.insert('location', [
      locationRow(1, { site_id: idOf(1) }),
      locationRow(2, { site_id: idOf(2) }),
    ]);
    await tx.insert(
      'stock_level',
      numbers.map((number) =>
        levelRow(number, { site_id: idOf(1), product_id: idOf(number), location_id: idOf(1) }),
      ),
    );
  });
  return {
    location,
    shelf: join(dataDir, 'snapshots'),
    store,
    build: (change) =>
      buildSnapshot({
        ...location,
        scope: CATALOGUE_SCOPE,
        now: () => 42,
        signal: never,
        ...change,
      }),
  };
}

/** Every row that the file really holds, hashed anew. */
function recounted(database: Database.Database, scope: Scope): Digest {
  let { count, sum } = EMPTY_DIGEST;
  for (const entity of entitiesOf(scopeKindOf(scope))) {
    const rows = new EntityTable(database, entity).contentAfter(0, 1_000_000);
    for (const { values, version, kept } of rows) {
      const hash = rowHash(entity.name, values, version);
      expect(kept).toBe(hash);
      count += 1;
      sum = addHash(sum, hash);
    }
  }
  return { count, sum };
}

function opened(file: string): Database.Database {
  const database = new Database(file);
  onTestFinished(() => void database.close());
  return database;
}

test.each<Scope>([CATALOGUE_SCOPE, SITE])(
  'a snapshot of %s is a whole replica at one version',
  async (scope) => {
    const { build, shelf, store } = await newBench();
    const built = await build({ scope });
    const { manifest } = built!;
    expect(manifest).toMatchObject({ scope, builtAt: 42 });
    const database = opened(unpackedSnapshot(shelf, manifest));
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    // One plain file: whoever opens it decides about journals.
    expect(database.pragma('journal_mode', { simple: true })).toBe('delete');
    const { rowCount, rowSum, version, epoch } = (await readScopeState(store.reader, scope))!;
    const digest = { count: rowCount, sum: rowSum };
    expect(manifest).toMatchObject({ digest, version, epoch });
    expect(recounted(database, scope)).toEqual(digest);
    expect(readState(database)).toEqual({
      scope,
      serverId: store.serverId,
      epoch,
      fingerprint: replicaSchema(scopeKindOf(scope)).fingerprint,
      version,
      after: null,
      startVersion: null,
      digest,
      counts: Object.fromEntries(
        entitiesOf(scopeKindOf(scope)).map(({ name }) => [
          name,
          database.prepare(`SELECT count(*) FROM ${name}`).pluck().get(),
        ]),
      ),
      complete: true,
      repairs: [],
      contained: { deviceId: null, number: 0 },
    });
    const indexes = database.prepare(
      "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    );
    expect(indexes.pluck().get()).toBe(replicaSchema(scopeKindOf(scope)).indexes.length);
    expect(readdirSync(shelf).filter((name) => name.startsWith('building-'))).toEqual([]);
  },
);

test('the search index is in it', async () => {
  const { build, shelf } = await newBench();
  const database = opened(unpackedSnapshot(shelf, (await build())!.manifest));
  const found = database
    .prepare(
      `SELECT p.name FROM product_search s JOIN product p ON p.local_id = s.rowid
       WHERE product_search MATCH '"hammer" AND "77"'`,
    )
    .pluck();
  expect(found.all()).toEqual(['Hammer no 77']);
  expect(database.prepare('SELECT count(*) FROM search_pending').pluck().get()).toBe(0);
  database.exec(`INSERT INTO product_search (product_search) VALUES ('integrity-check')`);
});

test('what is committed while it is built is not in it, or is in it as a whole', async () => {
  const { build, shelf, store } = await newBench();
  const digests = new Map<number, Digest>();
  const note = async (): Promise<void> => {
    const { version, rowCount, rowSum } = (await readScopeState(store.reader, CATALOGUE_SCOPE))!;
    digests.set(version, { count: rowCount, sum: rowSum });
  };
  await note();
  const building = build();
  for (let round = 0; round < 20; round++) {
    await commitChanges(store, async (tx) => {
      await tx.update('product', [productRow(1 + round, { name: `Renamed ${round}` })]);
      await tx.insert('product', [productRow(PRODUCTS + 1 + round)]);
      await tx.remove('barcode', [idOf(PRODUCTS - round)]);
    });
    await note();
    await sleep(2);
  }
  const { manifest } = (await building)!;
  expect(manifest.digest).toEqual(digests.get(manifest.version));
  const database = opened(unpackedSnapshot(shelf, manifest));
  expect(recounted(database, CATALOGUE_SCOPE)).toEqual(manifest.digest);
});

test('nothing is published if the rows are not those of the digest', async () => {
  const { build, shelf, store } = await newBench();
  await store.writer
    .updateTable('sync_scope')
    .set((row) => ({ row_sum: row('row_sum', '+', 1) }))
    .where('scope', '=', CATALOGUE_SCOPE)
    .execute();
  await expect(build()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  expect(readdirSync(shelf)).toEqual(LOCK_FILES);
  await expect(build({ scope: siteScope(idOf(9)) })).rejects.toMatchObject({
    code: 'UNKNOWN_SITE',
  });
});

test('nothing is begun without room on the disk', async () => {
  const { build, shelf } = await newBench();
  await expect(build({ bytesFree: async () => 1_000_000 })).rejects.toMatchObject({
    code: 'DISK_FULL',
  });
  expect(readdirSync(shelf)).toEqual(LOCK_FILES);
});

test('one builder works at a time, and clears away what killed ones left', async () => {
  const { location, build, shelf } = await newBench();
  mkdirSync(join(shelf, 'building-dead'), { recursive: true });
  writeFileSync(join(shelf, 'building-dead', 'replica.db'), 'half');
  writeFileSync(join(shelf, `${'a'.repeat(64)}.zst`), 'no manifest');
  writeFileSync(join(shelf, `${'b'.repeat(64)}.json`), '{"half":');
  const other = (await takeNamedLock({ ...location, dataDir: shelf }, 'building'))!;
  expect(await build()).toBeNull();
  expect(existsSync(join(shelf, 'building-dead'))).toBe(true);
  await other.release();
  const { hash } = (await build())!.manifest;
  expect(readdirSync(shelf).toSorted()).toEqual(
    [...LOCK_FILES, `${hash}.json`, `${hash}.zst`].toSorted(),
  );
});

test('an aborted build leaves nothing', async () => {
  const { build, shelf } = await newBench();
  const stopping = new AbortController();
  const building = build({ signal: stopping.signal });
  setImmediate(() => stopping.abort());
  await expect(building).rejects.toThrow('aborted');
  expect(readdirSync(shelf)).toEqual(LOCK_FILES);
});

const PROCESS = join(import.meta.dirname, 'builder-process.ts');

function forkBuilder({ database, ...task }: BuilderTask & StoreLocation): ChildProcess {
  const environment = database === undefined ? {} : { [BUILDER_DATABASE]: database };
  return fork(PROCESS, [JSON.stringify(task)], { env: { ...process.env, ...environment } });
}

test('a builder that is killed publishes nothing, and the next one builds', async () => {
  const { location, shelf } = await newBench();
  const task = { ...location, scope: CATALOGUE_SCOPE, isBackground: true } as const;
  for (const milliseconds of [0, 20, 60]) {
    const child = forkBuilder(task);
    const ended = once(child, 'exit');
    // Loading takes an unknown time; the folder tells that the work has begun.
    await expect.poll(() => isBuilding(shelf), { interval: 2, timeout: 20_000 }).toBe(true);
    await sleep(milliseconds);
    child.kill('SIGKILL');
    await ended;
    const names = existsSync(shelf) ? readdirSync(shelf) : [];
    for (const name of names.filter((each) => each.endsWith('.json'))) {
      // It was quicker than the kill; then it is whole.
      expect(names).toContain(name.replace('.json', '.zst'));
    }
  }
  const built = await runBuilder(task, never);
  expect(built!.peakBytes).toBeGreaterThan(0);
  const database = opened(unpackedSnapshot(shelf, built!.manifest));
  expect(recounted(database, CATALOGUE_SCOPE)).toEqual(built!.manifest.digest);
}, 60_000);

function isBuilding(shelf: string): boolean {
  return existsSync(shelf) && readdirSync(shelf).some((name) => name.startsWith('building-'));
}

test('a builder ends with its starter, and cleans up', async () => {
  const { location, shelf } = await newBench();
  const child = forkBuilder({ ...location, scope: CATALOGUE_SCOPE });
  const messages: BuilderMessage[] = [];
  child.on('message', (message) => messages.push(message as BuilderMessage));
  const ended = once(child, 'exit');
  await expect.poll(() => isBuilding(shelf), { interval: 2, timeout: 20_000 }).toBe(true);
  child.disconnect();
  expect(await ended).toEqual([0, null]);
  expect(messages).toEqual([]);
  expect(isBuilding(shelf)).toBe(false);
}, 60_000);

test('the builder says what went wrong in its process', async () => {
  const { location } = await newBench();
  const unknown = { ...location, scope: siteScope(idOf(9)) };
  await expect(runBuilder(unknown, never)).rejects.toMatchObject({ code: 'UNKNOWN_SITE' });
  const gone = { ...unknown, dataDir: join(location.dataDir, 'gone') };
  await expect(runBuilder(gone, never)).rejects.toMatchObject({ name: 'TallymanError' });
}, 60_000);

test('an abort kills the builder, and what it left is removed', async () => {
  const { location, shelf } = await newBench();
  const stopping = new AbortController();
  const running = runBuilder(
    { ...location, scope: CATALOGUE_SCOPE, isBackground: true },
    stopping.signal,
  ).catch((error: unknown) => error);
  await expect.poll(() => isBuilding(shelf), { interval: 2, timeout: 20_000 }).toBe(true);
  stopping.abort();
  expect(await running).toMatchObject({ name: 'AbortError' });
  expect(readdirSync(shelf)).toEqual(LOCK_FILES);
}, 60_000);
