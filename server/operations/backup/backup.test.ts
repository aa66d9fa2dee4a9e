import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { idOf, productRow, siteRow } from '../../../tests/support/server-rows.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { PhotoShelf } from '../../photos/photo-shelf.ts';
import { openStore, type ServerStore } from '../../store/open-store.ts';
import { commitChanges } from '../../sync/scope-commit.ts';
import { recountScopes } from './recount-scopes.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const newFolder = useTempFolders();
const now = Date.now;
let dataDir: string;
let store: ServerStore;
let file: string;

beforeEach(async () => {
  dataDir = newFolder();
  file = join(newFolder(), 'office.backup');
  store = await openStore({ dataDir });
  onTestFinished(() => store.close());
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert(
      'product',
      Array.from({ length: 5_000 }, (_, number) => productRow(number)),
    );
  });
});

const backUp = (photos = false) => writeBackup({ location: { dataDir }, file, photos, now });

function restore(folder: string, replace = false) {
  return restoreBackup({
    location: { dataDir: folder },
    file,
    replace,
    now,
    makeEpoch: randomUUID,
  });
}

async function putPhoto(folder: string, text: string): Promise<string> {
  const hash = createHash('sha256').update(text).digest('hex');
  const path = new PhotoShelf(folder).fileOf(hash);
  await mkdir(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return hash;
}

test('a backup comes back whole in an empty folder, categories within categories too', async () => {
  await commitChanges(store, (tx) =>
    tx.insert('category', [
      { id: idOf(2), parent_id: null, code: null, name: 'Above' },
      { id: idOf(1), parent_id: idOf(2), code: null, name: 'Below' },
    ]),
  );
  const manifest = await backUp();
  expect(manifest.tables).toMatchObject({ product: 5_000, category: 2, site: 1, sync_scope: 2 });
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(readdirSync(dirname(file))).toEqual(['office.backup']);
  const folder = newFolder();
  expect((await restore(folder)).replaced).toBeNull();
  const restored = await openStore({ dataDir: folder });
  onTestFinished(() => restored.close());
  await recountScopes(restored.reader);
  for (const table of ['product', 'category', 'site'] as const) {
    const rows = (one: ServerStore) =>
      one.reader.selectFrom(table).selectAll().orderBy('id').execute();
    expect(await rows(restored)).toEqual(await rows(store));
  }
  expect(readdirSync(folder).filter((name) => name.startsWith('restoring'))).toEqual([]);
});

test('a backup that is damaged anywhere is refused, and nothing is put in place', async () => {
  const photo = await putPhoto(dataDir, 'a picture');
  await backUp(true);
  const whole = readFileSync(file);
  expect(whole.includes(photo)).toBe(true);
  const places = [600, 0.3, 0.5, 0.7].map((at) => (at < 1 ? Math.floor(whole.length * at) : at));
  places.push(whole.indexOf('a picture'));
  for (const at of places) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 0x41;
    writeFileSync(file, damaged);
    const folder = newFolder();
    await expect(restore(folder), `byte ${at}`).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    expect(readdirSync(folder)).toEqual([]);
  }
  for (const length of [0, 100, Math.floor(whole.length / 2), whole.length - 2_000]) {
    writeFileSync(file, whole.subarray(0, length));
    await expect(restore(newFolder()), `length ${length}`).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
    });
  }
});

test('a store whose rows are not those that it tells of makes no backup', async () => {
  await store.writer.updateTable('sync_scope').set({ row_count: 7 }).execute();
  await expect(backUp()).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  expect(readdirSync(dirname(file))).toEqual([]);
});

test('photos come along if they are asked for, and are listed anyway', async () => {
  const hash = await putPhoto(dataDir, 'a picture');
  expect((await backUp()).photos).toEqual({ listed: 1, bytes: 9, included: false });
  await rm(file);
  expect((await backUp(true)).photos).toEqual({ listed: 1, bytes: 9, included: true });
  const folder = newFolder();
  await restore(folder);
  expect(readFileSync(new PhotoShelf(folder).fileOf(hash), 'utf8')).toBe('a picture');
});

test('a store that is there makes way only if that is said, and is kept', async () => {
  await backUp();
  await expect(backUp()).rejects.toThrow('name of its own');
  await expect(restore(dataDir)).rejects.toThrow('--replace');
  await store.close();
  writeFileSync(join(dataDir, 'server.db'), 'not a database any more');
  const { replaced } = await restore(dataDir, true);
  expect(readFileSync(replaced ?? '', 'utf8')).toBe('not a database any more');
  store = await openStore({ dataDir });
  await recountScopes(store.reader);
});

test('sessions end, because nobody knows which were ended since', async () => {
  await store.writer
    .insertInto('session')
    .values({
      session_id: idOf(1),
      person_id: idOf(1),
      device_id: idOf(1),
      token_hash: 'x',
      rotated_at: 1,
      created_at: 1,
      expires_at: 9e12,
      ends_at: 9e12,
    })
    .execute();
  await backUp();
  const folder = newFolder();
  await restore(folder);
  const restored = await openStore({ dataDir: folder });
  onTestFinished(() => restored.close());
  const [session] = await restored.reader.selectFrom('session').selectAll().execute();
  expect(session).toMatchObject({ end_reason: 'restored' });
});
