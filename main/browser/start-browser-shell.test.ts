import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { createConfSettings } from '../app/node-ports/conf-settings.ts';
import { takeOwnerLock } from '../store/owner-lock.ts';
import { startBrowserShell } from './start-browser-shell.ts';

const tempFolder = useTempFolders();

function start(dataDir: string, serverUrl: string) {
  const rendererDir = tempFolder();
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html>');
  const notice = () => undefined;
  return startBrowserShell({
    dataDir,
    port: 0,
    rendererDir,
    appVersion: '0.0.0',
    serverUrl,
    notice,
  });
}

test('a server named on the command line becomes the setting', async () => {
  const folder = tempFolder();
  const shell = await start(folder, 'http://127.0.0.1:1/');
  await shell.close();
  expect(createConfSettings(folder).read().serverUrl).toBe('http://127.0.0.1:1');
});

test('a folder that another app has open keeps its settings', async () => {
  const folder = tempFolder();
  const lock = takeOwnerLock(folder);
  await expect(start(folder, 'http://127.0.0.1:1')).rejects.toMatchObject({
    code: 'DATA_FOLDER_IN_USE',
  });
  lock.release();
  expect(createConfSettings(folder).read().serverUrl).toBeNull();
});

test('a server address that is none is refused before anything is opened', async () => {
  const folder = tempFolder();
  await expect(start(folder, 'ftp://server')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect(existsSync(join(folder, 'work.db'))).toBe(false);
});
