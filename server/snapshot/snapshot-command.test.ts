import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FakeBucket } from '../../tests/support/fake-bucket.ts';
import { type Finished, runProgram } from '../../tests/support/run-program.ts';
import { categoryRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openStore } from '../store/open-store.ts';
import { takeFileLock } from '../store/take-file-lock.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { runSnapshotCommand } from './snapshot-command.ts';

const newFolder = useTempFolders();
const terminal = { stdout: process.stdout };

test('what is wrong is said before anything is made', async () => {
  const data = newFolder();
  await expect(
    runSnapshotCommand({ data: join(data, 'none'), scope: 'catalogue' }, terminal),
  ).rejects.toMatchObject({ code: 'DATA_FOLDER_MISSING' });
  expect(existsSync(join(data, 'none'))).toBe(false);
  await expect(runSnapshotCommand({ data, scope: 'all' }, terminal)).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
});

test('while a snapshot is being built it waits for nobody', async () => {
  const data = newFolder();
  await (await openStore({ dataDir: data })).close();
  mkdirSync(join(data, 'snapshots'));
  const other = takeFileLock(join(data, 'snapshots', 'building.lock'));
  onTestFinished(() => other?.release());
  await expect(runSnapshotCommand({ data, scope: 'catalogue' }, terminal)).rejects.toMatchObject({
    code: 'SERVER_BUSY',
  });
}, 60_000);

test('it goes to the store of snapshots that the servers have, under the id of this one', async () => {
  const data = newFolder();
  const store = await openStore({ dataDir: data });
  await commitChanges(store, (tx) => tx.insert('category', [categoryRow(1)]));
  await store.close();
  const fake = new FakeBucket();
  await fake.open();
  onTestFinished(() => fake.close());
  const snapshot = (...args: string[]): Promise<Finished> =>
    runProgram('server/cli/main.ts', ['snapshot', '--data', data, ...args], fake.environment())
      .ended;
  const { code, stdout, stderr } = await snapshot('--snapshot-store', 's3://warehouse/snapshots');
  expect([code, stderr]).toEqual([0, '']);
  const { hash } = JSON.parse(stdout) as { hash: string };
  const path = `/warehouse/snapshots/${store.serverId}/${hash}`;
  expect([...fake.objects.keys()].toSorted()).toEqual([`${path}.json`, `${path}.zst`]);
  expect(readdirSync(join(data, 'snapshots'))).toEqual(['building.lock']);

  expect(await snapshot('--snapshot-store', 'https://warehouse')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'A snapshot store is named like s3://bucket/prefix.\n',
  });
}, 60_000);
