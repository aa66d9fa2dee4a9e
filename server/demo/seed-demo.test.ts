import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ServerStore } from '../store/open-store.ts';
import { seedDemo } from './seed-demo.ts';
import { openTestStore } from '../../tests/support/test-store.ts';

const NOW = Date.UTC(2026, 5, 1, 9);
let folder: string;
let store: ServerStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-demo-'));
  store = await openTestStore({ dataDir: folder });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

it('fills an empty server once', async () => {
  expect(await seedDemo(store, { now: NOW })).toBe(true);
  const scopes = await store.reader.selectFrom('sync_scope').selectAll().execute();
  expect(scopes.map((scope) => scope.version)).toEqual([1, 1, 1]);
  expect(scopes.every((scope) => scope.row_count > 120)).toBe(true);

  expect(await seedDemo(store, { now: NOW })).toBe(false);
  expect(await store.reader.selectFrom('sync_scope').selectAll().execute()).toEqual(scopes);
});
