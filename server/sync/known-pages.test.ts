import { afterEach, beforeEach, expect, test } from 'vitest';
import { PROTOCOL_VERSION, type PullCursor } from '../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import { idOf, productRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import type { ServerStore } from '../store/open-store.ts';
import { KnownPages, knownPagesOf } from './known-pages.ts';
import { pull } from './pull.ts';
import { readScopeState, type ScopeState } from './scope-state.ts';
import { commitChanges } from './scope-commit.ts';

const newFolder = useTempFolders();
let store: ServerStore;

beforeEach(async () => {
  store = await openTestStore({ dataDir: newFolder() });
});
afterEach(() => store.close());

async function rename(number: number, name: string): Promise<void> {
  await commitChanges(store, async (tx) => {
    const product = productRow(number, { name });
    const isThere = (await tx.rows('product', [product.id])).length > 0;
    await (isThere ? tx.update('product', [product]) : tx.insert('product', [product]));
  });
}

async function stateNow(): Promise<ScopeState> {
  const state = await readScopeState(store.reader, CATALOGUE_SCOPE);
  if (state === null) throw new Error('no catalogue');
  return state;
}

function at({ epoch, version }: ScopeState): PullCursor {
  return { scope: CATALOGUE_SCOPE, epoch, version, after: null, startVersion: null };
}

async function deltaFrom(cursor: PullCursor, maxRows = 100): Promise<string> {
  const { scopes } = await pull(
    { store, actor: { kind: 'open' } },
    { protocol: PROTOCOL_VERSION, deviceId: idOf(900), serverId: null, cursors: [cursor], maxRows },
  );
  return JSON.stringify(scopes);
}

test('the same delta is read once, and is the one that was read', async () => {
  await rename(0, 'before');
  const cursor = at(await stateNow());
  await rename(0, 'after');
  const read = await deltaFrom(cursor);
  expect(read).toContain('after');
  expect(knownPagesOf(store).find(cursor, await stateNow())).toBeDefined();
  expect(await deltaFrom(cursor)).toBe(read);
});

test('whatever changes next is in the next answer', async () => {
  await rename(0, 'before');
  const cursor = at(await stateNow());
  for (const name of ['first', 'second', 'third']) {
    await rename(0, name);
    expect(await deltaFrom(cursor)).toContain(name);
    expect(await deltaFrom(cursor)).toContain(name);
  }
});

test('a laptop that asks for fewer rows than a known delta has gets as many as it asked for', async () => {
  await rename(0, 'before');
  const cursor = at(await stateNow());
  for (const number of [1, 2, 3]) await rename(number, `new ${number}`);
  expect(await deltaFrom(cursor)).toContain('new 3');
  const short = await deltaFrom(cursor, 1);
  expect(short).toContain('"more":true');
  expect(short).not.toContain('new 3');
});

test('no more pages are kept than the bound says, and none that goes on', () => {
  const pages = new KnownPages();
  const state = { scopeId: 1, epoch: 'e', version: 1_000, floorVersion: 0, rowCount: 0, rowSum: 0 };
  const cursorAt = (version: number): PullCursor => at({ ...state, version });
  const page = { entities: [], entries: 1, more: false, after: null };
  for (let version = 1; version <= 500; version++) pages.keep(cursorAt(version), state, page);
  const kept = Array.from({ length: 500 }, (_, number) =>
    pages.find(cursorAt(number + 1), state),
  ).filter((found) => found !== undefined);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThanOrEqual(64);
  pages.keep(cursorAt(600), state, { ...page, more: true });
  pages.keep(cursorAt(601), state, { ...page, entries: 10_001 });
  pages.keep(cursorAt(0), state, page);
  for (const version of [600, 601, 0]) {
    expect(pages.find(cursorAt(version), state)).toBeUndefined();
  }
  // Large ones push out others long before there are many.
  for (const version of [701, 702, 703])
    pages.keep(cursorAt(version), state, { ...page, entries: 5_000 });
  expect(pages.find(cursorAt(701), state)).toBeUndefined();
  expect(pages.find(cursorAt(703), state)).toBeDefined();
});
