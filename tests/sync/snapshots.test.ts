import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openReadable, openWritable } from '../../main/store/sqlite.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { must } from '../../shared/domain/assert.ts';
import { TallymanError } from '../../shared/errors.ts';
import { SNAPSHOT_ROWS_MIN } from '../../shared/sync/snapshot.ts';
import { InProcessServer } from '../support/in-process-server.ts';
import { categoryRow, idOf, productRow, siteRow } from '../support/server-rows.ts';
import { copyCatalogue, SnapshotServer } from '../support/snapshot-server.ts';
import { SyncBench } from '../support/sync-bench.ts';
import { NO_SNAPSHOTS } from '../support/no-snapshots.ts';
import { serverWith, withoutRepair } from '../support/sync-world.ts';

const ROWS = SNAPSHOT_ROWS_MIN + 3_000;
const CATEGORIES = Array.from({ length: ROWS }, (_, at) => categoryRow(at));
const MANY_MORE = 2_000;

/** One server for all tests: its rows only grow, in ids of each test's own. The snapshot is of the moment before the first. */
const folder = mkdtempSync(join(tmpdir(), 'tallyman-snapshots-'));
let server: InProcessServer;
let first: SyncBench;
let made = 0;

beforeAll(async () => {
  server = await InProcessServer.open(mkdtempSync(join(folder, 'server-')));
  server.rowsPerPage = 5_000;
  await commitChanges(server.store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('category', CATEGORIES);
    await tx.insert('product', [productRow(0, { name: 'Steel bolt' })]);
  });
  first = new SyncBench(idOf(50_000));
  await first.sync(server);
}, 60_000);

afterAll(async () => {
  first.dispose();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function snapshot(change = ''): SnapshotServer {
  made += 1;
  return new SnapshotServer(server, {
    file: copyCatalogue(first, join(folder, `snapshot-${made}.db`)),
    change,
  });
}

function newLaptop(): SyncBench {
  made += 1;
  const laptop = new SyncBench(idOf(51_000 + made));
  onTestFinished(() => laptop.dispose());
  return laptop;
}

/** Somebody at the office adds a category. Returns its id. */
async function officeAdds(): Promise<string> {
  made += 1;
  const row = categoryRow(40_000 + made, { name: `Added ${made}` });
  await commitChanges(server.store, (tx) => tx.insert('category', [row]));
  return row.id;
}

async function expectEqual(laptop: SyncBench): Promise<void> {
  await first.sync(server);
  expect(laptop.rows('catalogue')).toEqual(first.rows('catalogue'));
}

/** Files of the laptop that hold a replica, or a part of one. */
function replicaFiles(laptop: SyncBench): string[] {
  return readdirSync(join(laptop.folder, 'replica'))
    .filter((name) => name.startsWith('catalogue') && !/-(wal|shm)$/.test(name))
    .toSorted((one, other) => (one < other ? -1 : 1));
}

test('a first sync takes the snapshot, catches up, and can search at once', async () => {
  const source = snapshot();
  const added = await officeAdds();
  const laptop = newLaptop();
  await laptop.sync(withoutRepair(source.api));
  expect(source.downloads).toEqual([0]);
  expect(source.bytesSent).toBe(source.manifest.bytes);
  // As many as there are rows, whatever they came in; the delta is on top.
  expect(laptop.rowsReceived).toBeGreaterThan(ROWS);
  expect(laptop.rowsReceived).toBeLessThan(ROWS + 1_000);
  expect(laptop.see('category', added)).not.toBeNull();
  const view = must(laptop.replicas.views()[0], 'the catalogue');
  const reader = openReadable(view.file);
  onTestFinished(() => void reader.close());
  expect(reader.prepare("SELECT count(*) FROM product_search('bolt')").pluck().get()).toBe(1);
  await expectEqual(laptop);
  expect(replicaFiles(laptop)).toHaveLength(1);
});

test('the same snapshot can be fetched again while readers have the file that it became', async () => {
  const source = snapshot();
  const laptop = newLaptop();
  await laptop.sync(withoutRepair(source.api));
  const before = must(laptop.replicas.views()[0], 'the catalogue').file;
  laptop.replicas.markDamaged('catalogue');
  await laptop.sync(withoutRepair(source.api));
  expect(source.downloads).toEqual([0, 0]);
  expect(must(laptop.replicas.views()[0], 'the catalogue').file).not.toBe(before);
  await expectEqual(laptop);
});

test('work that waits here is shown over the snapshot and is sent as ever', async () => {
  const laptop = newLaptop();
  await laptop.sync(server);
  laptop.person.write([
    { kind: 'create', entity: 'product_note', id: idOf(0), row: { text: 'Mine' } },
  ]);
  laptop.replicas.markDamaged('catalogue');
  const source = snapshot();
  const offline = { push: () => Promise.reject(new TallymanError('SERVER_BUSY', 'later')) };
  await laptop.sync({ ...source.api, ...offline }).catch(() => undefined);
  expect(source.downloads).toEqual([0]);
  expect(laptop.see('product_note', idOf(0))).toMatchObject({ text: 'Mine' });
  await laptop.sync(withoutRepair(source.api));
  expect(laptop.work.outbox.waiting()).toBe(0);
  expect(laptop.see('product_note', idOf(0))).toMatchObject({ text: 'Mine' });
  await expectEqual(laptop);
});

test('a download whose connection breaks again and again goes on where it was', async () => {
  const source = snapshot();
  let broken = 0;
  let since = 0;
  source.beforePiece = (sent) => {
    if (sent - since < source.manifest.bytes / 4) return;
    since = sent;
    broken += 1;
    throw new TallymanError('SERVER_UNREACHABLE', 'cable pulled');
  };
  const laptop = newLaptop();
  await laptop.sync(withoutRepair(source.api));
  expect(broken).toBeGreaterThan(2);
  expect(source.downloads.length).toBe(broken + 1);
  expect(source.downloads.every((from, at) => at === 0 || from > 0)).toBe(true);
  await expectEqual(laptop);
});

test('a connection that brings nothing ends the run, and the next run goes on', async () => {
  const source = snapshot();
  const half = source.manifest.bytes / 2;
  source.beforePiece = (sent) => {
    if (sent > half) throw new TallymanError('SERVER_UNREACHABLE', 'no network');
  };
  const laptop = newLaptop();
  await expect(laptop.sync(source.api)).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
  expect(laptop.rows('catalogue')).toBeNull();
  source.beforePiece = () => undefined;
  await laptop.sync(withoutRepair(source.api));
  expect(must(source.downloads.at(-1), 'a download')).toBeGreaterThan(half / 2);
  expect(source.bytesSent).toBeLessThan(source.manifest.bytes * 1.5);
  await expectEqual(laptop);
});

test('a killed download goes on, and parts that the power cut spoilt are fetched again', async () => {
  const source = snapshot();
  const laptop = newLaptop();
  const killed = new AbortController();
  source.beforePiece = (sent) => {
    if (sent > source.manifest.bytes * 0.7) killed.abort();
  };
  await expect(laptop.sync(source.api, { signal: killed.signal })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  laptop.restart();
  const part = must(
    replicaFiles(laptop).find((name) => name.endsWith('.part')),
    'what was there',
  );
  const second = must(source.manifest.chunks[0], 'the first chunk').plainBytes;
  const file = openSync(join(laptop.folder, 'replica', part), 'r+');
  writeSync(file, Buffer.alloc(100), 0, 100, second + 1_000);
  closeSync(file);
  source.beforePiece = () => undefined;
  await laptop.sync(withoutRepair(source.api));
  expect(source.downloads).toEqual([0, must(source.manifest.chunks[0], 'a chunk').bytes]);
  await expectEqual(laptop);
});

test('a snapshot that another one has replaced since is not mixed with it', async () => {
  const old = snapshot();
  const laptop = newLaptop();
  old.beforePiece = (sent) => {
    if (sent > old.manifest.bytes / 2) throw new TallymanError('SERVER_UNREACHABLE', 'gone');
  };
  await expect(laptop.sync(old.api)).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
  await officeAdds();
  await first.sync(server);
  const next = snapshot();
  expect(next.manifest.hash).not.toBe(old.manifest.hash);
  await laptop.sync(withoutRepair(next.api));
  expect(next.downloads).toEqual([0]);
  await expectEqual(laptop);
  expect(replicaFiles(laptop)).toHaveLength(1);
});

test('a chunk that comes wrong once is fetched again', async () => {
  const source = snapshot();
  let isFirst = true;
  source.alter = (bytes) => {
    if (isFirst) bytes.writeUInt8((bytes.at(-10) ?? 0) ^ 1, bytes.length - 10);
    isFirst = false;
    return bytes;
  };
  const laptop = newLaptop();
  await laptop.sync(withoutRepair(source.api));
  expect(source.downloads).toHaveLength(2);
  expect(source.pulls).toBeLessThan(4);
  await expectEqual(laptop);
});

test.each<[string, (source: SnapshotServer) => void, string]>([
  ['whose chunks are wrong', (source) => (source.alter = (bytes) => bytes.fill(7, 500)), ''],
  [
    'that unpacks without end',
    ({ manifest }) => (must(manifest.chunks[0], 'a chunk').plainBytes = 64),
    '',
  ],
  [
    'whose chunks unpack to more than they say',
    ({ manifest: { chunks } }) => {
      must(chunks[0], 'a chunk').plainBytes -= 1;
      must(chunks[1], 'a chunk').plainBytes += 1;
    },
    '',
  ],
  ['that is of another history', () => undefined, `UPDATE replica SET epoch = '${idOf(9)}'`],
  ['that is not what it says', ({ manifest }) => (manifest.digest.count -= 1), ''],
  ['that is half built', () => undefined, 'UPDATE replica SET complete = 0'],
])('a snapshot %s is left, and the rows come by pages', async (_, spoil, change) => {
  const source = snapshot(change);
  spoil(source);
  const laptop = newLaptop();
  await laptop.sync(withoutRepair(source.api));
  expect(source.pulls).toBeGreaterThan(4);
  await expectEqual(laptop);
  expect(replicaFiles(laptop)).toHaveLength(1);
});

test('a network so slow that pages are here before ends the download', async () => {
  const source = snapshot();
  const laptop = newLaptop();
  source.beforePiece = () => (laptop.now += 20_000);
  await laptop.sync(withoutRepair(source.api));
  expect(source.bytesSent).toBeLessThan(source.manifest.bytes);
  expect(source.pulls).toBeGreaterThan(4);
  await expectEqual(laptop);
});

test('what has got some way by pages goes on by pages', async () => {
  const source = snapshot();
  const laptop = newLaptop();
  const killed = new AbortController();
  let pages = 0;
  const stopping = {
    snapshot: NO_SNAPSHOTS.snapshot,
    pull: (...input: Parameters<typeof server.pull>) => {
      pages += 1;
      if (pages > 5) killed.abort();
      return server.pull(...input);
    },
  };
  await expect(
    laptop.sync(serverWith(server, stopping), { signal: killed.signal }),
  ).rejects.toMatchObject({ code: 'CANCELLED' });
  await laptop.sync(withoutRepair(source.api));
  expect(source.downloads).toEqual([]);
  await expectEqual(laptop);
});

test('a disk without room says so before it writes anything, and people go on', async () => {
  const source = snapshot();
  const laptop = newLaptop();
  laptop.freeBytes = 10_000_000;
  await expect(laptop.sync(source.api)).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(source.downloads).toEqual([]);
  laptop.freeBytes = Number.POSITIVE_INFINITY;
  await laptop.sync(withoutRepair(source.api));
  await expectEqual(laptop);
});

test('after a long absence a new file comes if the pages would be more', async () => {
  const laptop = newLaptop();
  const early = snapshot('DELETE FROM category WHERE 0');
  await laptop.sync(withoutRepair(early.api));
  const rows = CATEGORIES.map((row) => ({ ...row, name: `${row.name} again` }));
  await commitChanges(server.store, (tx) => tx.update('category', rows));
  await first.sync(server);
  const source = snapshot();
  const old = must(laptop.replicas.views()[0], 'the catalogue').file;
  await laptop.sync(withoutRepair(source.api));
  expect(source.downloads).toEqual([0]);
  expect(must(laptop.replicas.views()[0], 'the catalogue').file).not.toBe(old);
  await expectEqual(laptop);
  await laptop.replicas.removeLeftovers();
  expect(existsSync(old)).toBe(false);
});

test('after a long absence without room for a second file the pages come', async () => {
  const laptop = newLaptop();
  await laptop.sync(withoutRepair(snapshot().api));
  const rows = CATEGORIES.map((row) => ({ ...row, name: `${row.name} once more` }));
  await commitChanges(server.store, (tx) => tx.update('category', rows));
  await first.sync(server);
  const source = snapshot();
  laptop.freeBytes = 10_000_000;
  await laptop.sync(withoutRepair(source.api));
  expect(source.downloads).toEqual([]);
  await expectEqual(laptop);
});

test('a few thousand changes come by pages', async () => {
  const laptop = newLaptop();
  await laptop.sync(server);
  made += 1;
  const base = 30_000;
  const more = Array.from({ length: MANY_MORE }, (_, at) => categoryRow(base + at));
  await commitChanges(server.store, (tx) => tx.insert('category', more));
  await first.sync(server);
  const source = snapshot();
  await laptop.sync(withoutRepair(source.api));
  expect(source.downloads).toEqual([]);
  await expectEqual(laptop);
});

test('a file that an update of the app made useless is replaced by a snapshot', async () => {
  const laptop = newLaptop();
  await laptop.sync(server);
  const { file } = must(laptop.replicas.views()[0], 'the catalogue');
  laptop.replicas.close();
  const db = openWritable(file, { durability: 'NORMAL' });
  db.exec("UPDATE replica SET fingerprint = 'of the app before'");
  db.close();
  laptop.restart();
  const source = snapshot();
  await laptop.sync(withoutRepair(source.api));
  expect(source.downloads).toEqual([0]);
  await expectEqual(laptop);
});

test('killed between the download and its taking over, it takes over without another download', async () => {
  const source = snapshot();
  const laptop = newLaptop();
  const api = source.api;
  const dying = {
    ...api,
    pull: () => Promise.reject(new TallymanError('SERVER_UNREACHABLE', 'killed')),
  };
  await expect(laptop.sync(dying)).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
  laptop.restart();
  expect(laptop.rows('catalogue')).toBeNull();
  await laptop.sync(withoutRepair(api));
  expect(source.downloads).toEqual([0]);
  await expectEqual(laptop);
});

test('what was deleted since the snapshot is no mass delete to a laptop that never had it', async () => {
  const laptop = newLaptop();
  const gone = Array.from({ length: MANY_MORE }, (_, at) => idOf(30_000 + at));
  const source = snapshot();
  await commitChanges(server.store, (tx) => tx.remove('category', gone));
  await laptop.sync(withoutRepair(source.api));
  expect(source.downloads).toEqual([0]);
  await first.sync(server, { accepted: true });
  await expectEqual(laptop);
});

test('a snapshot that holds much less than a laptop has stops for a person', async () => {
  const laptop = newLaptop();
  await laptop.sync(server);
  const held = laptop.rows('catalogue')?.size;
  const gone = Array.from({ length: MANY_MORE }, (_, at) => idOf(at));
  await commitChanges(server.store, (tx) => tx.remove('category', gone));
  await first.sync(server, { accepted: true });
  laptop.replicas.markDamaged('catalogue');
  const source = snapshot();
  await expect(laptop.sync(source.api)).rejects.toMatchObject({ code: 'MASS_DELETE' });
  expect(laptop.rows('catalogue')?.size).toBe(held);
  await laptop.sync(source.api, { accepted: true });
  expect(source.downloads).toEqual([0]);
  await expectEqual(laptop);
});
