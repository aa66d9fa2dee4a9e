import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CONTENT_SECURITY_POLICY,
  openRendererFiles,
  type RendererFiles,
} from './renderer-files.ts';
import { TRAVERSAL_CORPUS } from '../../tests/fixtures/traversal-corpus.ts';

let parent: string;
let files: RendererFiles;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'tallyman-renderer-'));
  const folder = join(parent, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(parent, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'a picture.png'), 'png');
  symlinkSync(join(parent, 'secret.txt'), join(folder, 'linked.txt'));
  files = openRendererFiles(folder);
});
afterAll(() => rmSync(parent, { recursive: true }));

test('serves the page, never cached, under the exact policy', async () => {
  for (const path of ['/', '/index.html']) {
    const answer = await files(path);
    expect(Buffer.from(answer.body).toString()).toBe('<!doctype html>');
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      },
    });
  }
});

test('the policy is this one and no weaker', () => {
  expect(CONTENT_SECURITY_POLICY).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
});

test('serves hashed files for ever, and names that need encoding', async () => {
  expect(await files('/assets/main-1a2b.js')).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    },
  });
  expect(await files('/assets/a%20picture.png')).toMatchObject({ status: 200 });
});

test.each(TRAVERSAL_CORPUS)('does not serve %j', async (path) => {
  const answer = await files(path);
  expect(answer.status).toBe(404);
  expect(Buffer.from(answer.body).toString()).toBe('Not found');
  expect(answer.headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
});
