import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { idOf, productRow } from '../../../tests/support/server-rows.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { openTestStore } from '../../../tests/support/test-store.ts';
import type { ServerStore } from '../../store/open-store.ts';
import { commitChanges } from '../../sync/scope-commit.ts';
import { readScopeState } from '../../sync/scope-state.ts';
import { ANSWERS_KEPT } from './compact-answers.ts';
import { compactStore } from './compact-store.ts';
import { ANSWER_DAYS, SESSION_DAYS, TOMBSTONE_DAYS } from './retention.ts';

const DAY_MS = 86_400_000;
const NOW = 20_000 * DAY_MS;
const newFolder = useTempFolders();
const { signal } = new AbortController();
let store: ServerStore;

beforeEach(async () => {
  store = await openTestStore({ dataDir: newFolder(), now: () => NOW });
  onTestFinished(() => store.close());
});

async function tombstones(): Promise<string[]> {
  const rows = await store.reader
    .selectFrom('sync_change')
    .select('id')
    .where('operation', '<>', 0)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

async function insertAndRemove(number: number): Promise<void> {
  await commitChanges(store, (tx) => tx.insert('product', [productRow(number)]));
  await commitChanges(store, (tx) => tx.remove('product', [idOf(number)]));
}

test('what was deleted before the retention is forgotten, what was deleted since is not', async () => {
  await commitChanges(store, (tx) => tx.insert('product', [productRow(9)]));
  await insertAndRemove(1);
  const longAgo = NOW - (TOMBSTONE_DAYS + 1) * DAY_MS;
  expect(await compactStore(store, { now: longAgo, signal })).toMatchObject({ tombstones: 0 });
  await insertAndRemove(2);
  expect(await compactStore(store, { now: NOW, signal })).toMatchObject({ tombstones: 1 });
  expect(await tombstones()).toEqual([idOf(2)]);
  const state = await readScopeState(store.reader, 'catalogue');
  expect(state).toMatchObject({ version: 5, floorVersion: 3, rowCount: 1 });
});

test('a row that is there again under the id of a deleted one stays', async () => {
  await insertAndRemove(1);
  await compactStore(store, { now: NOW - (TOMBSTONE_DAYS + 1) * DAY_MS, signal });
  await commitChanges(store, (tx) => tx.insert('product', [productRow(1)]));
  expect(await compactStore(store, { now: NOW, signal })).toMatchObject({ tombstones: 0 });
  expect(await readScopeState(store.reader, 'catalogue')).toMatchObject({ rowCount: 1 });
});

test('of no days at all, everything that was deleted goes', async () => {
  await insertAndRemove(1);
  await insertAndRemove(2);
  const compacted = await compactStore(store, { now: NOW, olderThanDays: 0, signal });
  expect(compacted).toMatchObject({ tombstones: 2 });
  expect(await tombstones()).toEqual([]);
});

test('marks are kept for the retention, and one beyond it', async () => {
  for (let day = 0; day < TOMBSTONE_DAYS + 30; day += 10) {
    await compactStore(store, { now: NOW + day * DAY_MS, signal });
  }
  const marks = await store.reader.selectFrom('scope_mark').select('marked_at').execute();
  expect(marks).toHaveLength(TOMBSTONE_DAYS / 10 + 1);
});

test('old answers go but for the newest of each laptop, which may be asked for again', async () => {
  const answers = async (device: number): Promise<number[]> => {
    const rows = await store.reader
      .selectFrom('sync_mutation')
      .select('number')
      .where('device_id', '=', idOf(device))
      .orderBy('number')
      .execute();
    return rows.map(({ number }) => number);
  };
  const old = NOW - (ANSWER_DAYS + 1) * DAY_MS;
  const last = ANSWERS_KEPT + 3;
  for (const [device, answeredAt] of [
    [1, old],
    [2, NOW],
  ] as const) {
    await store.writer
      .insertInto('sync_device')
      .values({
        device_id: idOf(device),
        last_number: last,
        first_seen: old,
        last_seen: answeredAt,
        protocol: 1,
      })
      .execute();
    for (let number = 1; number <= last; number++) {
      await store.writer
        .insertInto('sync_mutation')
        .values({
          device_id: idOf(device),
          number,
          operation_id: idOf(10_000 * device + number),
          fingerprint: '',
          outcome: '{}',
          answered_at: answeredAt,
        })
        .execute();
    }
  }
  expect(await compactStore(store, { now: NOW, signal })).toMatchObject({ answers: 3 });
  expect((await answers(1))[0]).toBe(4);
  expect(await answers(2)).toHaveLength(last);
});

test('sessions that ended long ago go, but not that by which a revoked laptop delivers its work', async () => {
  const old = NOW - (SESSION_DAYS + 1) * DAY_MS;
  const session = (number: number, device: number, endedAt: number | null) => ({
    session_id: idOf(number),
    person_id: idOf(1),
    device_id: idOf(device),
    token_hash: String(number),
    rotated_at: old,
    created_at: old,
    expires_at: NOW + DAY_MS,
    ends_at: NOW + DAY_MS,
    ended_at: endedAt,
  });
  await store.writer
    .insertInto('session')
    .values([session(1, 1, old), session(2, 1, null), session(3, 1, NOW), session(4, 2, old)])
    .execute();
  await store.writer
    .insertInto('device')
    .values({
      device_id: idOf(2),
      name: 'gone',
      platform: 'linux',
      app_version: '1',
      enrolled_at: old,
      enrolled_by: idOf(1),
      last_seen: old,
      revoked_at: old,
    })
    .execute();
  expect(await compactStore(store, { now: NOW, signal })).toMatchObject({ sessions: 1 });
  const left = await store.reader.selectFrom('session').select('session_id').execute();
  expect(left.map(({ session_id }) => session_id).toSorted()).toEqual([idOf(2), idOf(3), idOf(4)]);
});

test('it can be stopped', async () => {
  const stopped = AbortSignal.abort(new Error('stop'));
  await store.writer
    .insertInto('sync_device')
    .values({ device_id: idOf(1), last_number: 1, first_seen: 1, last_seen: 1, protocol: 1 })
    .execute();
  await expect(compactStore(store, { now: NOW, signal: stopped })).rejects.toThrow(/abort/i);
});
