import { expect, onTestFinished, test } from 'vitest';
import { createAuthTrial, laptop, PASSWORD } from '../../tests/support/auth-trial.ts';
import { ask, posted, rawConnection } from '../../tests/support/edge-client.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { createLogger } from '../create-logger.ts';
import { startServer } from '../start-server.ts';

const newFolder = useTempFolders();

test('after everything that can be asked no secret is in the log, and every line is whole', async () => {
  const written: string[] = [];
  const logger = createLogger('trace', { write: (text: string) => void written.push(text) });
  const server = await startServer({ dataDir: newFolder(), port: 0, snapshots: false, logger });
  onTestFinished(() => server.close());
  const trial = createAuthTrial(server.store, { now: Date.now() });
  const personId = await trial.add('Ada', 'administrator');
  const device = laptop();
  const { accessToken, refreshToken } = await trial.signIn('Ada', { device });
  const secrets = [PASSWORD, accessToken, refreshToken, 'canary'];
  const asAda = { authorization: `Bearer ${accessToken}` };
  const send = (path: string, body: unknown, headers = {}): Promise<{ status: number }> =>
    ask(`${server.url}/trpc/${path}`, posted(JSON.stringify(body), headers));

  const wrong = { login: 'Ada', password: 'canary of a password', device };
  expect((await send('auth.signIn', wrong)).status).toBe(401);
  await send('auth.signIn', { ...wrong, password: PASSWORD, device: laptop() });
  await send('auth.signIn', { ...wrong, canary: 1 });
  await send('auth.signOut', { refreshToken: 'canary' });
  await send('sync.hello', { protocol: 3, serverId: null }, { authorization: 'Bearer canary' });
  await send('sync.hello', { protocol: 3, serverId: null }, asAda);
  await send('catalogue.products.search', { query: 'canary', limit: 10 }, asAda);
  await ask(`${server.url}/trpc/catalogue.products.search?input=%7B%22query%22%3A%22canary%22%7D`, {
    headers: { ...asAda, cookie: 'canary' },
  });
  await ask(`${server.url}/healthz?nonce=canary!`);
  await ask(`${server.url}/trpc/sync.hello%0a%7B%22level%22%3A60%7D?canary`);
  server.store.reader.transaction = () => {
    throw Object.assign(new Error('a bug'), { parameters: ['canary'] });
  };
  await send('sync.hello', { protocol: 3, serverId: null }, asAda);
  await send('auth.refresh', { refreshToken, device });
  const broken = await rawConnection(server.url, 'GET / HTTP/1.1\r\ncanary\r\n\r\n');
  await new Promise((resolve) => void broken.resume().once('close', resolve));

  const text = written.join('');
  for (const secret of secrets) expect(text).not.toContain(secret);
  const lines = text.trimEnd().split('\n');
  const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(parsed.every(({ level, time }) => level !== undefined && time !== undefined)).toBe(true);
  expect(parsed).toContainEqual(
    expect.objectContaining({
      method: 'POST',
      path: '/trpc/sync.hello',
      status: 200,
      person: personId,
      device: device.id,
      reqId: expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
    }),
  );
  expect(text).toContain('a bug');
});

test('a path that is longer than any is cut off', async () => {
  const written: string[] = [];
  const logger = createLogger('info', { write: (text: string) => void written.push(text) });
  const server = await startServer({ dataDir: newFolder(), port: 0, snapshots: false, logger });
  onTestFinished(() => server.close());
  await ask(`${server.url}/${'x'.repeat(1_900)}`);
  await ask(`${server.url}/trpc/${'x'.repeat(1_900)}`);
  expect(Math.max(...written.map(({ length }) => length))).toBeLessThan(700);
});
