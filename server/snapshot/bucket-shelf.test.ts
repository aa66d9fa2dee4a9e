import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createTrpcSyncServer } from '../../main/sync/trpc-sync-server.ts';
import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import { FakeBucket } from '../../tests/support/fake-bucket.ts';
import { madeUpManifest } from '../../tests/support/made-up-manifest.ts';
import { productRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { startServer } from '../start-server.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { Bucket } from './bucket.ts';
import { BucketShelf } from './bucket-shelf.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { ownSnapshotStore } from './open-shelf.ts';

const STORE = 's3://warehouse/snapshots';
const HOUR_MS = 3_600_000;
const newFolder = useTempFolders();
const { signal } = new AbortController();
let fake: FakeBucket;
let now: number;

beforeEach(async () => {
  now = Date.now();
  fake = new FakeBucket();
  await fake.open();
  onTestFinished(() => fake.close());
});

function openShelf(address = STORE): BucketShelf {
  const bucket = new Bucket(address, fake.environment());
  return new BucketShelf({ dataDir: newFolder() }, { bucket, now: () => now });
}

async function packedIn(shelf: BucketShelf, bytes: Buffer): Promise<string> {
  await mkdir(shelf.folder, { recursive: true });
  const file = join(shelf.folder, 'packed');
  writeFileSync(file, bytes);
  return file;
}

test('what one server publishes, all others have, however many pages the list has', async () => {
  const [mine, other] = [openShelf(), openShelf()];
  const manifests = [1, 2, 3].map((version) =>
    madeUpManifest({ version, hash: String(version).repeat(64) }),
  );
  for (const manifest of manifests) {
    const packed = await packedIn(mine, randomBytes(100));
    await mine.publish(packed, manifest);
    expect(existsSync(packed)).toBe(false);
  }
  expect(await other.list()).toEqual(manifests.toReversed());
  await other.remove('3'.repeat(64));
  now += HOUR_MS;
  expect((await mine.list()).map(({ version }) => version)).toEqual([2, 1]);
});

test('the manifest comes last and goes first, and laptops that come at once are one look', async () => {
  const shelf = openShelf();
  const manifest = madeUpManifest({ hash: 'a'.repeat(64) });
  await shelf.publish(await packedIn(shelf, randomBytes(10)), manifest);
  await shelf.remove(manifest.hash);
  const path = `/warehouse/snapshots/${'a'.repeat(64)}`;
  expect(fake.asked).toEqual([
    `PUT ${path}.zst`,
    `PUT ${path}.json`,
    `DELETE ${path}.json`,
    `DELETE ${path}.zst`,
  ]);
  fake.asked.length = 0;
  await Promise.all(Array.from({ length: 50 }, () => shelf.list()));
  expect(fake.asked).toEqual(['GET /warehouse/']);
});

test('what a killed server left is cleared away when it is old, and never offered', async () => {
  const shelf = openShelf();
  fake.objects.set(`/warehouse/snapshots/${'b'.repeat(64)}.zst`, {
    body: randomBytes(10),
    changedAt: now,
  });
  fake.objects.set(`/warehouse/snapshots/${'c'.repeat(64)}.json`, {
    body: Buffer.from('{ half a manif'),
    changedAt: now,
  });
  expect(await shelf.list()).toEqual([]);
  await shelf.removeLeftovers('x');
  expect(fake.objects.size).toBe(2);
  now += 3 * HOUR_MS;
  await shelf.removeLeftovers('x');
  expect([...fake.objects.keys()].map((name) => name.at(-1))).toEqual(['n']);
});

test('a server serves a snapshot out of the bucket, from any byte on, and holds none itself', async () => {
  for (const [name, value] of Object.entries(fake.environment())) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const dataDir = newFolder();
  const options = { port: 0, snapshots: { rowsMin: 1, store: STORE } };
  const server = await startServer({ dataDir, ...options });
  onTestFinished(server.close);
  await commitChanges(server.store, (tx) =>
    tx.insert(
      'product',
      Array.from({ length: 500 }, (_, number) => productRow(number)),
    ),
  );
  const snapshotStore = ownSnapshotStore(STORE, server.store.serverId);
  const built = await buildSnapshot({
    dataDir,
    snapshotStore,
    scope: 'catalogue',
    now: Date.now,
    signal,
  });
  const hash = built?.manifest.hash ?? '';
  expect(readdirSync(join(dataDir, 'snapshots')).filter((name) => name.includes(hash))).toEqual([]);

  const laptop = createTrpcSyncServer(server.url);
  onTestFinished(laptop.close);
  const { fingerprint } = replicaSchema('catalogue');
  const asked = {
    protocol: PROTOCOL_VERSION,
    serverId: null,
    scope: 'catalogue',
    fingerprint,
  } as const;
  // The shelf may have been looked at just before.
  await expect
    .poll(async () => (await laptop.snapshot(asked, signal)).manifest)
    .toEqual(built?.manifest);
  const whole = fake.objects.get(`/warehouse/snapshots/${server.store.serverId}/${hash}.zst`)?.body;
  for (const from of [0, 100]) {
    const pieces: Uint8Array[] = [];
    for await (const piece of laptop.snapshotBytes(hash, from, signal)) pieces.push(piece);
    expect(Buffer.concat(pieces)).toEqual(whole?.subarray(from));
  }
  const beyond = await fetch(`${server.url}/snapshots/${hash}`, {
    headers: { range: 'bytes=99999999-' },
  });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([
    416,
    `bytes */${whole?.length}`,
  ]);
  expect((await fetch(`${server.url}/snapshots/${'d'.repeat(64)}`)).status).toBe(404);
  fake.fails = true;
  expect((await fetch(`${server.url}/snapshots/${hash}`)).status).toBe(503);
});

test('a bucket is named rightly, and its keys are there', () => {
  const environment = fake.environment();
  for (const wrong of ['s3://', 'https://bucket', 's3://Bucket', 's3://bucket/../x?y']) {
    expect(() => new Bucket(wrong, environment)).toThrow('s3://bucket/prefix');
  }
  expect(() => new Bucket(STORE, { ...environment, AWS_SECRET_ACCESS_KEY: undefined })).toThrow(
    'AWS_SECRET_ACCESS_KEY',
  );
});

test('a bucket that refuses says so by its status, and tells no keys', async () => {
  const bucket = new Bucket(STORE, { ...fake.environment(), AWS_ACCESS_KEY_ID: 'somebody' });
  const refused = bucket.list();
  await expect(refused).rejects.toMatchObject({ code: 'SERVER_ERROR', details: { status: 403 } });
  await expect(refused).rejects.not.toThrow('secret');
});
