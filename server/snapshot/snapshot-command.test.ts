import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openStore } from '../store/open-store.ts';
import { takeFileLock } from '../store/take-file-lock.ts';
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
