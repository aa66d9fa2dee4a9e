import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  addFirstPerson,
  ask,
  call,
  certificateFiles,
  type EdgeAnswer,
} from '../../tests/support/edge-client.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { type RunningServer, startServer, type StartServerOptions } from '../start-server.ts';
import { openStore } from '../store/open-store.ts';

const newFolder = useTempFolders();
const NAME = 'stock.example.org';
const HELLO = { protocol: 3, serverId: null };

type Started = Partial<StartServerOptions> & { dataDir: string };

async function started(options: Started): Promise<RunningServer> {
  const server = await startServer({ port: 0, snapshots: false, ...options });
  onTestFinished(() => server.close());
  return server;
}

const refusalOf = async (options: Started): Promise<string> =>
  started(options).then(
    () => 'it started',
    (error: unknown) => (error as Error).message,
  );

async function folderWithPeople(): Promise<string> {
  const dataDir = newFolder();
  await addFirstPerson(dataDir);
  return dataDir;
}

test('without people it is served on the machine itself only, however safe the line', async () => {
  const dataDir = newFolder();
  const tls = await certificateFiles(newFolder(), NAME);
  const publicHosts = [NAME];
  for (const options of [
    { host: '0.0.0.0' },
    { host: '0.0.0.0', tls, publicHosts },
    { host: '::', tls, publicHosts },
    { trustedProxies: ['127.0.0.1'], publicHosts },
  ]) {
    expect(await refusalOf({ dataDir, ...options })).toMatch(/^This server has no sign-in yet, so/);
  }
  const own = await started({ dataDir });
  expect((await call(own.url, 'sync.hello', HELLO)).status).toBe(200);
});

test('one organisation without people is enough to stay on the machine', async () => {
  const dataDir = await folderWithPeople();
  const acme = join(dataDir, 'organisations', 'acme');
  mkdirSync(acme, { recursive: true });
  await (await openStore({ dataDir: acme })).close();
  const options = { dataDir, trustedProxies: ['127.0.0.1'], publicHosts: [NAME] };
  expect(await refusalOf(options)).toMatch(/^This server has no sign-in yet, so/);
  await addFirstPerson(acme);
  expect(await refusalOf(options)).toBe('it started');
});

test('an organisation that comes without people while others are served is not handed out', async () => {
  const dataDir = await folderWithPeople();
  const server = await started({ dataDir, trustedProxies: ['192.0.2.1'], publicHosts: [NAME] });
  const acme = join(dataDir, 'organisations', 'acme');
  mkdirSync(acme, { recursive: true });
  await (await openStore({ dataDir: acme })).close();
  const answer = await call(`${server.url}/o/acme`, 'sync.hello', HELLO);
  expect([answer.status, answer.code]).toEqual([403, 'FORBIDDEN']);
});

test('with people it still needs a safe line and a name, and says which is missing', async () => {
  const dataDir = await folderWithPeople();
  const tls = await certificateFiles(newFolder(), NAME);
  const host = '0.0.0.0';
  expect(await refusalOf({ dataDir, host })).toMatch(/plain text.*--tls-cert.*--behind-proxy/);
  expect(await refusalOf({ dataDir, host, tls })).toMatch(/--public-host/);
  expect(await refusalOf({ dataDir, trustedProxies: ['127.0.0.1'] })).toMatch(/--public-host/);
  const missing = { cert: '/nowhere/cert.pem', key: tls.key };
  expect(await refusalOf({ dataDir, host, tls: missing, publicHosts: [NAME] })).toMatch(
    /^The file \/nowhere\/cert.pem cannot be read\.$/,
  );
  const other = await certificateFiles(newFolder(), NAME);
  expect(
    await refusalOf({ dataDir, host, tls: { ...tls, key: other.key }, publicHosts: [NAME] }),
  ).toMatch(/cannot be used together/);
});

test('over TLS: its own names only, HSTS, nothing old and nothing plain', async () => {
  const dataDir = await folderWithPeople();
  const tls = await certificateFiles(newFolder(), NAME);
  const server = await started({
    dataDir,
    host: '0.0.0.0',
    tls,
    publicHosts: [NAME.toUpperCase()],
  });
  const { port } = new URL(server.url);
  expect(server.url).toBe(`https://${NAME.toUpperCase()}:${port}`);
  const get = (host: string, more: object = {}): Promise<EdgeAnswer> =>
    ask(`https://127.0.0.1:${port}/healthz`, {
      headers: { host },
      tls: { ca: tls.pem, servername: NAME, ...more },
    });
  const answer = await get(`${NAME}:${port}`);
  expect(answer.status).toBe(200);
  expect(answer.headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
  expect((await get('evil.example')).status).toBe(421);
  const origin = { origin: `https://${NAME}` };
  const own = { headers: { host: NAME, ...origin }, tls: { ca: tls.pem, servername: NAME } };
  expect((await ask(`https://127.0.0.1:${port}/healthz`, own)).status).toBe(200);
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
  await expect(get(NAME, old)).rejects.toMatchObject({ message: /alert|version|protocol/i });
  await expect(get(NAME, { ca: undefined })).rejects.toMatchObject({ message: /self-signed/ });
  await expect(ask(`http://127.0.0.1:${port}/healthz`)).rejects.toMatchObject({
    message: /hang up|ECONNRESET|Parse/,
  });
});

test('behind a proxy only what the proxy vouches for comes in', async () => {
  const dataDir = await folderWithPeople();
  const server = await started({ dataDir, trustedProxies: ['127.0.0.1'], publicHosts: [NAME] });
  const get = (headers: Record<string, string>, path = '/snapshots/none'): Promise<EdgeAnswer> =>
    ask(`${server.url}${path}`, { headers });
  const proxied = { 'x-forwarded-proto': 'https', host: NAME };
  expect((await get(proxied)).status).toBe(404);
  expect((await get({ ...proxied, host: '10.0.0.9', 'x-forwarded-host': NAME })).status).toBe(404);
  expect((await get({ ...proxied, 'x-forwarded-host': 'evil.example' })).status).toBe(421);
  expect((await get({ host: NAME })).status).toBe(403);
  expect((await get({ ...proxied, 'x-forwarded-proto': 'http' })).status).toBe(403);
  expect((await get({ ...proxied, origin: `https://${NAME}` })).status).toBe(404);
  expect((await get({ ...proxied, origin: `http://${NAME}` })).status).toBe(403);
  // Whoever watches over the process asks it directly.
  expect((await get({}, '/healthz')).status).toBe(200);
});

test('whoever is no proxy may say of itself what it likes', async () => {
  const dataDir = await folderWithPeople();
  const server = await started({ dataDir, trustedProxies: ['192.0.2.0/24'], publicHosts: [NAME] });
  const headers = { 'x-forwarded-proto': 'https', host: NAME };
  expect((await ask(`${server.url}/snapshots/none`, { headers })).status).toBe(403);
  const alone = await started({ dataDir });
  const lied = { host: 'evil.example', 'x-forwarded-host': 'localhost' };
  expect((await ask(`${alone.url}/healthz`, { headers: lied })).status).toBe(421);
});
