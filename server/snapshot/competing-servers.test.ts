import { pino } from 'pino';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import type { SnapshotManifest } from '../../shared/sync/snapshot.ts';
import { FakeBucket } from '../../tests/support/fake-bucket.ts';
import { productRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { IS_POSTGRES, testLocation } from '../../tests/support/test-store.ts';
import { openStore } from '../store/open-store.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { openShelf, type ShelfLocation } from './open-shelf.ts';
import { SnapshotKeeper } from './snapshot-keeper.ts';

const newFolder = useTempFolders();
const FINGERPRINT = replicaSchema('catalogue').fingerprint;
let fake: FakeBucket;
let clock: number;

beforeEach(async () => {
  clock = Date.now();
  fake = new FakeBucket();
  await fake.open();
  onTestFinished(() => fake.close());
  for (const [name, value] of Object.entries(fake.environment())) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
});

/** Two servers of one organisation. With a bucket they share no folder, if the rows are not in one. */
async function placesOf(shared: 'folder' | 'bucket'): Promise<[ShelfLocation, ShelfLocation]> {
  const location = await testLocation(newFolder());
  if (shared === 'folder') return [location, location];
  const place = { ...location, snapshotStore: 's3://warehouse/snapshots' };
  return [place, IS_POSTGRES ? { ...place, dataDir: newFolder() } : place];
}

interface Server {
  /** What came of its builds. */
  builds: (SnapshotManifest | null)[];
  /** One check of what is due, to its end. */
  look: () => Promise<void>;
  offered: () => Promise<SnapshotManifest | null>;
}

/** A server's keeper of snapshots as it is, but for who says when it looks. `mayBuild` holds its builds up. */
async function openServer(place: ShelfLocation, mayBuild = Promise.resolve()): Promise<Server> {
  const store = await openStore(place);
  const builds: Server['builds'] = [];
  let due: (() => void) | null = null;
  const keeper = new SnapshotKeeper({
    store,
    shelf: openShelf(place, () => clock),
    logger: pino({ level: 'silent' }),
    now: () => clock,
    setTimer: (_ms, callback) => {
      due = callback;
      return () => (due = null);
    },
    build: async (scope, signal) => {
      await mayBuild;
      const task = { ...place, scope, unlessThere: true, now: () => clock, signal };
      const built = await buildSnapshot(task);
      builds.push(built?.manifest ?? null);
      return built === null ? null : { ...built, peakBytes: 0 };
    },
    rowsMin: 1,
  });
  onTestFinished(async () => {
    await keeper.close();
    await store.close();
  });
  keeper.start();
  const look = async (): Promise<void> => {
    const check = due;
    due = null;
    check?.();
    await expect.poll(() => due).not.toBeNull();
  };
  return { builds, look, offered: () => keeper.offer(CATALOGUE_SCOPE, FINGERPRINT) };
}

async function fill(place: ShelfLocation): Promise<void> {
  const store = await openStore(place);
  const products = Array.from({ length: 1_000 }, (_, number) => productRow(number));
  await commitChanges(store, (tx) => tx.insert('product', products));
  await store.close();
}

/** Both have seen what is there, and that it rests. */
async function haveSeen(servers: readonly Server[]): Promise<void> {
  for (const { look } of servers) await look();
  clock += 6_000;
}

async function expectOneBuild(servers: readonly Server[]): Promise<void> {
  const built = servers.flatMap(({ builds }) => builds).filter((one) => one !== null);
  expect(built).toHaveLength(1);
  clock += 10_000;
  for (const { look, offered } of servers) {
    expect(await offered()).toEqual(built[0]);
    await look();
  }
  expect(servers.flatMap(({ builds }) => builds).filter((one) => one !== null)).toEqual(built);
}

test.each(['folder', 'bucket'] as const)(
  'of two servers that look at the same moment, one builds: %s',
  async (shared) => {
    const places = await placesOf(shared);
    await fill(places[0]);
    const servers = [await openServer(places[0]), await openServer(places[1])];
    await haveSeen(servers);
    await Promise.all(servers.map(({ look }) => look()));
    await expectOneBuild(servers);
    const packed = fake.asked.filter((line) => /^PUT .*\.zst$/.test(line));
    expect(packed).toHaveLength(shared === 'bucket' ? 1 : 0);
  },
);

test.each(['folder', 'bucket'] as const)(
  'a server whose turn comes when the other is done builds nothing again: %s',
  async (shared) => {
    const places = await placesOf(shared);
    await fill(places[0]);
    const done = Promise.withResolvers<void>();
    const [quick, slow] = [await openServer(places[0]), await openServer(places[1], done.promise)];
    await haveSeen([quick, slow]);
    // It has decided that there is to be one, before there is.
    const looking = slow.look();
    await quick.look();
    done.resolve();
    await looking;
    expect(slow.builds).toEqual([null]);
    await expectOneBuild([quick, slow]);
  },
);
