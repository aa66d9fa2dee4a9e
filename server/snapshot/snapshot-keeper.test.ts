import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { madeUpManifest } from '../../tests/support/made-up-manifest.ts';
import { categoryRow, idOf, locationRow, siteRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { TallymanError } from '../../shared/errors.ts';
import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import { CATALOGUE_SCOPE, type Scope, scopeKindOf, siteScope } from '../../shared/sync/scope.ts';
import { openStore, type ServerStore } from '../store/open-store.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { readScopeState } from '../sync/scope-state.ts';
import type { BuilderResult } from './run-builder.ts';
import { SnapshotKeeper } from './snapshot-keeper.ts';
import { SnapshotShelf } from './snapshot-shelf.ts';

const newFolder = useTempFolders();
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ROWS = 1_000;
const FINGERPRINT = replicaSchema('catalogue').fingerprint;

/** A keeper of a real store and a real shelf, whose builds are made up and whose time passes when a test says so. */
class KeeperBench {
  now = 1_000_000;
  store!: ServerStore;
  shelf!: SnapshotShelf;
  keeper!: SnapshotKeeper;
  builds: Scope[] = [];
  logged: { msg: string; reason?: string }[] = [];
  failWith: Error | null = null;
  holdBuild: Promise<void> | null = null;
  #timer: { at: number; callback: () => void } | null = null;
  #made = 0;
  #isClosed = false;

  static async open(dataDir = newFolder()): Promise<KeeperBench> {
    const bench = new KeeperBench();
    bench.store = await openStore({ dataDir });
    bench.shelf = new SnapshotShelf(dataDir);
    bench.keeper = new SnapshotKeeper({
      store: bench.store,
      shelf: bench.shelf,
      logger: pino(
        { level: 'info' },
        {
          write: (line: string) => bench.logged.push(JSON.parse(line) as KeeperBench['logged'][0]),
        },
      ),
      now: () => bench.now,
      setTimer: (ms, callback) => {
        const timer = { at: bench.now + ms, callback };
        bench.#timer = timer;
        return () => {
          if (bench.#timer === timer) bench.#timer = null;
        };
      },
      build: (scope, signal) => bench.#build(scope, signal),
      rowsMin: ROWS,
    });
    onTestFinished(async () => {
      await bench.close();
      await bench.store.close();
    });
    return bench;
  }

  /** Runs every check that falls due until then. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    while (this.#timer !== null && this.#timer.at <= until) {
      const { at, callback } = this.#timer;
      this.now = Math.max(this.now, at);
      this.#timer = null;
      callback();
      // A check ends by setting the timer for the next.
      while (this.#timer === null && !this.#isClosed) await sleep(1);
    }
    this.now = until;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.keeper.close();
  }

  async addCategories(count: number): Promise<void> {
    const rows = Array.from({ length: count }, () => categoryRow((this.#made += 1)));
    await commitChanges(this.store, (tx) => tx.insert('category', rows));
  }

  async offered(fingerprint = FINGERPRINT): Promise<number | null> {
    return (await this.keeper.offer(CATALOGUE_SCOPE, fingerprint))?.version ?? null;
  }

  async publish(scope: Scope, version?: number): Promise<BuilderResult> {
    const state = (await readScopeState(this.store.reader, scope))!;
    const manifest = madeUpManifest({
      scope,
      epoch: state.epoch,
      version: version ?? state.version,
      fingerprint: replicaSchema(scopeKindOf(scope)).fingerprint,
      builtAt: this.now,
    });
    mkdirSync(join(this.shelf.folder, 'work'), { recursive: true });
    const packed = join(this.shelf.folder, 'work', 'packed');
    writeFileSync(packed, 'packed');
    await this.shelf.publish(packed, manifest);
    return { manifest, seconds: { fill: 1, pack: 1 }, peakBytes: 1 };
  }

  async #build(scope: Scope, signal: AbortSignal): Promise<BuilderResult | null> {
    this.builds.push(scope);
    await this.holdBuild;
    signal.throwIfAborted();
    if (this.failWith !== null) throw this.failWith;
    return this.publish(scope);
  }
}

test('a scope that is large enough and has rested gets a snapshot, a smaller one none', async () => {
  const bench = await KeeperBench.open();
  await commitChanges(bench.store, (tx) => tx.insert('site', [siteRow(1)]));
  await bench.addCategories(ROWS - 2);
  bench.keeper.start();
  await bench.pass(10 * MINUTE);
  expect(bench.builds).toEqual([]);
  await bench.addCategories(1);
  await bench.pass(2 * MINUTE);
  expect(bench.builds).toEqual([CATALOGUE_SCOPE]);
  expect(await bench.offered()).toBe(3);
  await bench.pass(2 * HOUR);
  expect(bench.builds).toHaveLength(1);
  expect(bench.logged.map(({ msg }) => msg)).toEqual(['snapshot built']);
});

test('sites have their own', async () => {
  const bench = await KeeperBench.open();
  const site = idOf(1);
  await commitChanges(bench.store, async (tx) => {
    await tx.insert('site', [siteRow(1)]);
    const numbers = Array.from({ length: ROWS }, (_, at) => at);
    await tx.insert(
      'location',
      numbers.map((number) => locationRow(number, { site_id: site })),
    );
  });
  bench.keeper.start();
  await bench.pass(2 * MINUTE);
  expect(bench.builds).toEqual([siteScope(site)]);
  const fingerprint = replicaSchema('site').fingerprint;
  expect(await bench.keeper.offer(siteScope(site), fingerprint)).toMatchObject({ version: 1 });
  expect(await bench.keeper.offer(siteScope(idOf(2)), fingerprint)).toBeNull();
});

test('while an import goes on nothing is built, but not for ever', async () => {
  const bench = await KeeperBench.open();
  await bench.addCategories(ROWS);
  bench.keeper.start();
  for (let round = 0; round < 30; round++) {
    await bench.addCategories(1);
    await bench.pass(4 * SECOND);
  }
  expect(bench.builds).toEqual([]);
  await bench.pass(10 * SECOND);
  expect(bench.builds).toHaveLength(1);

  const busy = await KeeperBench.open();
  await busy.addCategories(ROWS);
  busy.keeper.start();
  for (let round = 0; round < 200 && busy.builds.length === 0; round++) {
    await busy.addCategories(1);
    await busy.pass(4 * SECOND);
  }
  expect(busy.builds).toHaveLength(1);
  expect(busy.now).toBeGreaterThanOrEqual(1_000_000 + 10 * MINUTE);
});

test('an import after a long rest is waited for as well', async () => {
  const bench = await KeeperBench.open();
  await bench.addCategories(ROWS);
  bench.keeper.start();
  await bench.pass(2 * HOUR);
  expect(bench.builds).toHaveLength(1);
  for (let round = 0; round < 40; round++) {
    await bench.addCategories(30);
    await bench.pass(4 * SECOND);
  }
  expect(bench.builds).toHaveLength(1);
  await bench.pass(2 * MINUTE);
  expect(bench.builds).toHaveLength(2);
});

test('it is built anew when more than two hundredths have changed, and at most every hour', async () => {
  const bench = await KeeperBench.open();
  await bench.addCategories(ROWS);
  bench.keeper.start();
  await bench.pass(MINUTE);
  await bench.addCategories(20);
  await bench.pass(2 * HOUR);
  expect(bench.builds).toHaveLength(1);
  await bench.addCategories(1);
  await bench.pass(2 * MINUTE);
  expect(bench.builds).toHaveLength(2);
  await bench.addCategories(100);
  await bench.pass(50 * MINUTE);
  expect(bench.builds).toHaveLength(2);
  expect(await bench.shelf.list()).toHaveLength(2);
  await bench.pass(12 * MINUTE);
  expect(bench.builds).toHaveLength(3);
  // The first gave way: its successor had been there for an hour.
  expect(await bench.shelf.list()).toHaveLength(2);
  await bench.pass(2 * HOUR);
  expect(await bench.shelf.list()).toHaveLength(1);
});

test('a changed epoch and a version that went back make a snapshot unusable at once', async () => {
  const bench = await KeeperBench.open();
  await bench.addCategories(ROWS);
  await bench.publish(CATALOGUE_SCOPE);
  expect(await bench.offered()).toBe(1);
  expect(await bench.offered('another fingerprint')).toBeNull();
  const scope = bench.store.writer.updateTable('sync_scope').where('scope', '=', CATALOGUE_SCOPE);
  const before = (await bench.shelf.list())[0]!.hash;
  await scope.set({ epoch: idOf(9) }).execute();
  expect(await bench.offered()).toBeNull();
  bench.keeper.start();
  await bench.pass(MINUTE);
  expect(bench.builds).toHaveLength(1);
  expect(await bench.offered()).toBe(1);
  expect((await bench.shelf.list()).map(({ hash }) => hash)).not.toContain(before);

  // A restored backup: what the lost versions brought must not come back when their numbers are used again.
  await bench.publish(CATALOGUE_SCOPE, 5);
  expect(await bench.offered()).toBe(1);
  await bench.pass(2 * MINUTE);
  expect((await bench.shelf.list()).map(({ version }) => version)).toEqual([1]);
});

test('a laptop that asks in vain brings the check forward, however often it asks', async () => {
  const bench = await KeeperBench.open();
  bench.keeper.start();
  await bench.pass(SECOND);
  await bench.addCategories(ROWS);
  for (let asked = 0; asked < 100; asked++) expect(await bench.offered()).toBeNull();
  await bench.pass(11 * SECOND);
  expect(bench.builds).toHaveLength(1);
  expect(await bench.offered()).toBe(1);
});

test('after a failure it waits before it tries again, and says so in the log', async () => {
  const bench = await KeeperBench.open();
  await bench.addCategories(ROWS);
  bench.failWith = new TallymanError('DISK_FULL', 'There is no room.');
  bench.keeper.start();
  await bench.pass(9 * MINUTE);
  await bench.offered();
  expect(bench.builds).toHaveLength(1);
  expect(bench.logged).toMatchObject([{ reason: 'DISK_FULL' }]);
  bench.failWith = null;
  await bench.pass(5 * MINUTE);
  expect(bench.builds).toHaveLength(2);
  expect(await bench.offered()).toBe(1);
});

test('a shelf that cannot be used keeps nobody from anything', async () => {
  const bench = await KeeperBench.open();
  await bench.addCategories(ROWS);
  writeFileSync(bench.shelf.folder, 'not a folder');
  bench.keeper.start();
  await bench.pass(2 * MINUTE);
  expect(await bench.offered()).toBeNull();
  expect(bench.logged.map(({ msg }) => msg)).toContain('the folder of snapshots cannot be read');
  expect(bench.builds).toEqual([]);
});

test('two servers on one folder offer the same, and only one of them builds', async () => {
  const dataDir = newFolder();
  const one = await KeeperBench.open(dataDir);
  const two = await KeeperBench.open(dataDir);
  await one.addCategories(ROWS);
  for (const bench of [one, two]) {
    bench.keeper.start();
    await bench.pass(MINUTE);
  }
  expect([...one.builds, ...two.builds]).toHaveLength(1);
  expect(await two.offered()).toBe(1);
});

test('closing ends a build under way, and nothing happens afterwards', async () => {
  const bench = await KeeperBench.open();
  await bench.addCategories(ROWS);
  let release: () => void = () => undefined;
  bench.holdBuild = new Promise((resolve) => {
    release = resolve;
  });
  bench.keeper.start();
  const passing = bench.pass(MINUTE);
  await expect.poll(() => bench.builds).toHaveLength(1);
  const closed = bench.close();
  release();
  await Promise.all([closed, passing]);
  expect(await bench.shelf.list()).toEqual([]);
  expect(bench.logged).toEqual([]);
});
