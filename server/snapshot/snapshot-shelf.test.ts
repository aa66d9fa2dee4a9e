import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madeUpManifest } from '../../tests/support/made-up-manifest.ts';
import { idOf } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { CATALOGUE_SCOPE, siteScope } from '../../shared/sync/scope.ts';
import type { SnapshotManifest } from '../../shared/sync/snapshot.ts';
import { isUsable, outdated, SnapshotShelf, SUPERSEDED_GRACE_MS } from './snapshot-shelf.ts';

const newFolder = useTempFolders();
const STATES = new Map([
  [CATALOGUE_SCOPE, { epoch: idOf(1), version: 50, floorVersion: 0 }] as const,
]);

async function published(
  shelf: SnapshotShelf,
  change: Partial<SnapshotManifest>,
): Promise<SnapshotManifest> {
  const manifest = madeUpManifest({ epoch: idOf(1), ...change });
  mkdirSync(join(shelf.folder, 'work'), { recursive: true });
  const packed = join(shelf.folder, 'work', 'packed');
  writeFileSync(packed, 'packed');
  await shelf.publish(packed, manifest);
  return manifest;
}

test('what is published is listed by every process, newest first', async () => {
  const dataDir = newFolder();
  const shelf = new SnapshotShelf(dataDir);
  const other = new SnapshotShelf(dataDir);
  const older = await published(shelf, { version: 3 });
  expect(await other.list()).toEqual([older]);
  const newer = await published(other, { version: 4 });
  expect(await shelf.list()).toEqual([newer, older]);
  await shelf.remove(older.hash);
  expect(await other.list()).toEqual([newer]);
  expect(existsSync(shelf.packedFile(older.hash))).toBe(false);
});

test('a manifest that is damaged or of another format is passed over, and so is a folder that is gone', async () => {
  const shelf = new SnapshotShelf(newFolder());
  expect(await shelf.list()).toEqual([]);
  mkdirSync(shelf.folder);
  writeFileSync(join(shelf.folder, `${'a'.repeat(64)}.json`), '{"hash":');
  writeFileSync(
    join(shelf.folder, `${'b'.repeat(64)}.json`),
    JSON.stringify({ ...madeUpManifest({}), chunks: 'elsewhere' }),
  );
  expect(await shelf.list()).toEqual([]);
  rmSync(shelf.folder, { recursive: true });
  expect(await shelf.list()).toEqual([]);
});

test('a snapshot of another epoch, or of a version that the scope does not have, is not usable', () => {
  const state = { epoch: idOf(1), version: 50, floorVersion: 50 };
  expect(isUsable(madeUpManifest({ epoch: idOf(1), version: 50 }), state)).toBe(true);
  expect(isUsable(madeUpManifest({ epoch: idOf(1), version: 51 }), state)).toBe(false);
  // What was deleted between the two is forgotten by now.
  expect(isUsable(madeUpManifest({ epoch: idOf(1), version: 49 }), state)).toBe(false);
  expect(isUsable(madeUpManifest({ epoch: idOf(2), version: 50 }), state)).toBe(false);
});

test('what cannot be offered goes at once, what has a successor after a while, and two at most stay', () => {
  const newest = madeUpManifest({ epoch: idOf(1), version: 40, builtAt: 1_000_000 });
  const second = madeUpManifest({ epoch: idOf(1), version: 30, builtAt: 900_000 });
  const third = madeUpManifest({ epoch: idOf(1), version: 20, builtAt: 800_000 });
  const future = madeUpManifest({ epoch: idOf(1), version: 60 });
  const foreign = madeUpManifest({ epoch: idOf(2), version: 10 });
  const ofNoScope = madeUpManifest({ epoch: idOf(1), scope: siteScope(idOf(7)) });
  const all = [future, newest, second, third, foreign, ofNoScope];
  const hashes = (now: number): string[] => outdated(all, STATES, now).map(({ hash }) => hash);
  expect(hashes(1_000_001)).toEqual([future, third, foreign, ofNoScope].map(({ hash }) => hash));
  expect(hashes(1_000_001 + SUPERSEDED_GRACE_MS)).toContain(second.hash);
  expect(hashes(1_000_001 + SUPERSEDED_GRACE_MS)).not.toContain(newest.hash);
});

test('leftovers are whatever no manifest names', async () => {
  const shelf = new SnapshotShelf(newFolder());
  const kept = await published(shelf, {});
  writeFileSync(join(shelf.folder, `${'c'.repeat(64)}.zst`), 'orphan');
  writeFileSync(join(shelf.folder, `${kept.hash}.json.new`), 'half');
  await shelf.removeLeftovers('lock');
  expect(readdirSync(shelf.folder).toSorted()).toEqual([`${kept.hash}.json`, `${kept.hash}.zst`]);
});
