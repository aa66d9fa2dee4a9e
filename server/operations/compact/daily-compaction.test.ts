import { pino } from 'pino';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { productRow } from '../../../tests/support/server-rows.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { testLocation } from '../../../tests/support/test-store.ts';
import type { StoreLocation } from '../../store/engine/open-engine.ts';
import { openStore, type ServerStore } from '../../store/open-store.ts';
import { type NamedLock, takeNamedLock } from '../../store/take-named-lock.ts';
import { commitChanges } from '../../sync/scope-commit.ts';
import { DailyCompaction } from './daily-compaction.ts';
import { COMPACT_LOCK } from './retention.ts';

const DAY_MS = 86_400_000;
const newFolder = useTempFolders();
let location: StoreLocation;
let clock: number;

beforeEach(async () => {
  location = await testLocation(newFolder());
  clock = 20_000 * DAY_MS;
  const store = await open();
  await commitChanges(store, (tx) => tx.insert('product', [productRow(1)]));
});

async function open(): Promise<ServerStore> {
  const store = await openStore({ ...location, now: () => clock });
  onTestFinished(() => store.close());
  return store;
}

interface Server {
  compaction: DailyCompaction;
  /** What it said that it has done. */
  done: { msg: string }[];
}

/** As a process of its own has it; `takeLock` holds it up. */
async function openServer(
  takeLock = (): Promise<NamedLock | null> => takeNamedLock(location, COMPACT_LOCK),
): Promise<Server> {
  const store = await open();
  const done: Server['done'] = [];
  const write = (line: string): void => void done.push(JSON.parse(line) as Server['done'][0]);
  const logger = pino({ level: 'info' }, { write });
  const setTimer = (): (() => void) => () => undefined;
  const compaction = new DailyCompaction({ store, logger, now: () => clock, setTimer, takeLock });
  onTestFinished(() => compaction.close());
  return { compaction, done };
}

/** When the store was cleaned up. */
async function marks(): Promise<number[]> {
  const store = await open();
  const rows = await store.reader.selectFrom('scope_mark').select('marked_at').execute();
  return rows.map(({ marked_at }) => marked_at);
}

test('of two servers that clean up at the same moment, one does it', async () => {
  const servers = [await openServer(), await openServer()];
  await Promise.all(servers.map(({ compaction }) => compaction.compactIfDue()));
  const done = servers.flatMap((server) => server.done);
  expect(done).toMatchObject([{ msg: 'store cleaned up' }]);
  expect(await marks()).toEqual([clock]);
});

test('what another server has done since is not done again before the next day', async () => {
  const done = Promise.withResolvers<void>();
  const quick = await openServer();
  // It has seen that something is to be done, and gets the lock when it was.
  const slow = await openServer(async () => {
    await done.promise;
    return takeNamedLock(location, COMPACT_LOCK);
  });
  const first = clock;
  const slowly = slow.compaction.compactIfDue();
  await quick.compaction.compactIfDue();
  clock += 60_000;
  done.resolve();
  await slowly;
  expect([quick.done.length, slow.done.length]).toEqual([1, 0]);
  expect(await marks()).toEqual([first]);

  clock = first + DAY_MS;
  await slow.compaction.compactIfDue();
  await quick.compaction.compactIfDue();
  expect([quick.done.length, slow.done.length]).toEqual([1, 1]);
});

test('while another process cleans up nothing happens, and when that is gone it does', async () => {
  const lock = await takeNamedLock(location, COMPACT_LOCK);
  const { compaction, done } = await openServer();
  await compaction.compactIfDue();
  expect([done, await marks()]).toEqual([[], []]);
  await lock?.release();
  await compaction.compactIfDue();
  expect(done).toHaveLength(1);
});
