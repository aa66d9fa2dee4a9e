import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Protocol } from 'electron';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFakeElectron } from '../../tests/fakes/electron.ts';
import { TRAVERSAL_CORPUS } from '../../tests/fixtures/traversal-corpus.ts';
import { CONTENT_SECURITY_POLICY, openRendererFiles } from '../app/renderer-files.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';

let parent: string;
let answer: (url: string, method?: string) => Promise<Response>;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'tallyman-scheme-'));
  mkdirSync(join(parent, 'renderer'));
  writeFileSync(join(parent, 'secret.txt'), 'secret');
  writeFileSync(join(parent, 'renderer', 'index.html'), '<!doctype html>');
  const { fake } = createFakeElectron(parent);
  serveAppScheme(fake.protocol as unknown as Protocol, openRendererFiles(join(parent, 'renderer')));
  const handler = fake.protocol.handlers.get('app')!;
  // Not a Request, which would straighten the path: a compromised page need not be so kind.
  answer = (url, method = 'GET') => handler({ url, method } as Request);
});
afterAll(() => rmSync(parent, { recursive: true }));

test('the scheme has an origin and counts as secure, and nothing more', () => {
  const { fake } = createFakeElectron(parent);
  registerAppScheme(fake.protocol as unknown as Protocol);
  expect(fake.protocol.privileged).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
});

test.each([
  'app://tallyman/',
  'app://tallyman/index.html',
  'app://tallyman/?a=1',
  'app://tallyman/#/x',
])('%s is the page, under the policy', async (url) => {
  const response = await answer(url);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('<!doctype html>');
  expect(response.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
});

test.each([...TRAVERSAL_CORPUS])('app://tallyman%s is not found', async (path) => {
  const response = await answer(`app://tallyman${path}`);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('Not found');
});

test.each(['app://other/index.html', 'app://tallyman.attacker.test/', 'file:///etc/passwd'])(
  '%s is none of ours',
  async (url) => {
    expect((await answer(url)).status).toBe(404);
  },
);

test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('%s is not for reading', async (method) => {
  expect((await answer('app://tallyman/', method)).status).toBe(405);
});
