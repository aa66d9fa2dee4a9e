import { expect, onTestFinished, test } from 'vitest';
import type { PullCursor, PullOutput, ScopeAnswer } from '../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../shared/sync/scope.ts';
import { idOf, locationRow, productRow, siteRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import { OPEN } from '../auth/actor.ts';
import type { ServerStore } from '../store/open-store.ts';
import { hello } from './hello.ts';
import { pull } from './pull.ts';
import { commitChanges } from './scope-commit.ts';

const newFolder = useTempFolders();

async function newStore(): Promise<ServerStore> {
  const store = await openTestStore({ dataDir: newFolder(), name: 'North' });
  onTestFinished(() => store.close());
  return store;
}

function fresh(scope: Scope): PullCursor {
  return { scope, epoch: null, version: 0, after: null, startVersion: null };
}

async function ask(
  store: ServerStore,
  cursors: PullCursor[],
  options: { maxRows?: number; protocol?: number; serverId?: string } = {},
): Promise<PullOutput> {
  const { maxRows = 100, protocol = 1, serverId = null } = options;
  return pull({ store, actor: OPEN }, { protocol, deviceId: idOf(1), serverId, cursors, maxRows });
}

async function askOne(store: ServerStore, cursor: PullCursor, maxRows = 100): Promise<PageAnswer> {
  const answer = (await ask(store, [cursor], { maxRows })).scopes[0];
  if (answer?.kind !== 'page') throw new Error(`not a page: ${JSON.stringify(answer)}`);
  return answer;
}
type PageAnswer = Extract<ScopeAnswer, { kind: 'page' }>;

/** The ids of an answer, deletes with a minus. */
function idsIn({ entities }: PageAnswer): string[] {
  return entities.flatMap(({ rows, deletes }) => [
    ...rows.map((row) => String(row[0])),
    ...deletes.map((id) => `-${id}`),
  ]);
}

async function insertProducts(store: ServerStore, ...numbers: number[]): Promise<void> {
  await commitChanges(store, (tx) =>
    tx.insert(
      'product',
      numbers.map((number) => productRow(number)),
    ),
  );
}

test('rows travel in stored form under the columns of the entity', async () => {
  const store = await newStore();
  await commitChanges(store, (tx) => tx.insert('site', [siteRow(1)]));
  const { entities, version, more, after } = await askOne(store, fresh(CATALOGUE_SCOPE));
  expect(entities).toEqual([
    {
      entity: 'site',
      columns: ['id', 'code', 'name', 'row_version'],
      rows: [[idOf(1), 'S1', 'Site 1', 1]],
      deletes: [],
    },
  ]);
  expect({ version, more, after }).toEqual({ version: 1, more: false, after: null });
});

test('a cursor that is up to date gets nothing, and a delta gets only what changed', async () => {
  const store = await newStore();
  await insertProducts(store, 1, 2, 3);
  const { epoch } = await askOne(store, fresh(CATALOGUE_SCOPE));
  const cursor = { ...fresh(CATALOGUE_SCOPE), epoch, version: 1 };
  expect(await askOne(store, cursor)).toMatchObject({ entities: [], more: false, version: 1 });
  await commitChanges(store, async (tx) => {
    await tx.update('product', [productRow(2, { name: 'changed' })]);
    await tx.remove('product', [idOf(3)]);
  });
  expect(idsIn(await askOne(store, cursor))).toEqual([idOf(2), `-${idOf(3)}`]);
});

test('tombstones from before a first sync are left out, those made during it are not', async () => {
  const store = await newStore();
  await insertProducts(store, 1, 2, 3, 4);
  await commitChanges(store, (tx) => tx.remove('product', [idOf(1)]));
  const first = await askOne(store, fresh(CATALOGUE_SCOPE), 1);
  expect(idsIn(first)).toEqual([idOf(2)]);
  await commitChanges(store, (tx) => tx.remove('product', [idOf(2), idOf(3)]));
  const { epoch, after, version } = first;
  const second = await askOne(store, {
    ...fresh(CATALOGUE_SCOPE),
    epoch,
    after,
    startVersion: version,
  });
  expect(idsIn(second).toSorted()).toEqual([`-${idOf(2)}`, `-${idOf(3)}`, idOf(4)].toSorted());
  expect(second).toMatchObject({ more: false, version: 3, digest: { count: 1 } });
});

test('a row that went to another site is deleted here and arrives there', async () => {
  const store = await newStore();
  const [north, south] = [siteScope(idOf(1)), siteScope(idOf(2))];
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(1), siteRow(2)]);
    await tx.insert('location', [locationRow(3, { site_id: idOf(1) })]);
  });
  const { epoch } = await askOne(store, fresh(north));
  await commitChanges(store, (tx) => tx.update('location', [locationRow(3, { site_id: idOf(2) })]));
  expect(idsIn(await askOne(store, { ...fresh(north), epoch, version: 1 }))).toEqual([
    `-${idOf(3)}`,
  ]);
  expect(idsIn(await askOne(store, fresh(south)))).toEqual([idOf(3)]);
  expect(idsIn(await askOne(store, fresh(north)))).toEqual([]);
});

test('scopes share the rows of an answer in the order given', async () => {
  const store = await newStore();
  const scope = siteScope(idOf(1));
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(1)]);
    await tx.insert('product', [productRow(2), productRow(3)]);
    await tx.insert('location', [locationRow(4, { site_id: idOf(1) })]);
  });
  const { scopes } = await ask(store, [fresh(CATALOGUE_SCOPE), fresh(scope)], { maxRows: 3 });
  expect(scopes).toMatchObject([
    { kind: 'page', more: false, entities: [{ entity: 'site' }, { entity: 'product' }] },
    { kind: 'page', more: true, entities: [], after: null },
  ]);
});

test('the first page of a delta tells how much follows, and no other page does', async () => {
  const store = await newStore();
  await insertProducts(store, 1);
  const { epoch } = await askOne(store, fresh(CATALOGUE_SCOPE));
  await insertProducts(store, 2, 3, 4, 5, 6);
  await commitChanges(store, (tx) => tx.remove('product', [idOf(1)]));
  const cursor = { ...fresh(CATALOGUE_SCOPE), epoch, version: 1 };
  const first = await askOne(store, cursor, 2);
  expect(first).toMatchObject({ more: true, following: 4 });
  const second = await askOne(store, { ...cursor, after: first.after }, 2);
  expect(second).toMatchObject({ more: true, following: null });
  expect(await askOne(store, cursor, 6)).toMatchObject({ more: false, following: null });
  expect(await askOne(store, fresh(CATALOGUE_SCOPE), 2)).toMatchObject({
    more: true,
    following: null,
  });
  // Not its turn yet: it has had no page, and is told with its first.
  const later = (await ask(store, [cursor, cursor], { maxRows: 2 })).scopes[1];
  expect(later).toMatchObject({ more: true, after: null, following: null });
});

test('a scope that the server does not have is unknown', async () => {
  const store = await newStore();
  const scope = siteScope(idOf(7));
  expect((await ask(store, [fresh(scope)])).scopes).toEqual([{ kind: 'unknown', scope }]);
});

test('a cursor of another history, from the future, or older than the tombstones starts anew', async () => {
  const store = await newStore();
  for (const number of [1, 2, 3, 4, 5]) await insertProducts(store, number);
  const { epoch } = await askOne(store, fresh(CATALOGUE_SCOPE));
  await store.writer.updateTable('sync_scope').set({ floor_version: 3 }).execute();
  const reasonOf = async (change: Partial<PullCursor>): Promise<string> => {
    const cursor = { ...fresh(CATALOGUE_SCOPE), epoch, ...change };
    const answer = (await ask(store, [cursor])).scopes[0];
    return answer?.kind === 'resync' ? answer.reason : String(answer?.kind);
  };
  const after = { version: 2, entity: 3, id: idOf(2) };
  expect(await reasonOf({ version: 4, epoch: idOf(99) })).toBe('epoch');
  expect(await reasonOf({ version: 4, epoch: null })).toBe('epoch');
  expect(await reasonOf({ version: 6 })).toBe('ahead');
  expect(await reasonOf({ version: 4, after: { ...after, version: 6 } })).toBe('ahead');
  expect(await reasonOf({ version: 2 })).toBe('retention');
  expect(await reasonOf({ version: 3 })).toBe('page');
  expect(await reasonOf({ version: 0 })).toBe('page');
  expect(await reasonOf({ version: 0, after, startVersion: 5 })).toBe('page');
  // Rows that it was given may have been deleted since, by tombstones that are gone.
  expect(await reasonOf({ version: 0, after, startVersion: 2 })).toBe('retention');
  await expect(reasonOf({ version: 0, after })).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('another server, and a protocol too old or too new, are refused', async () => {
  const store = await newStore();
  const cursors = [fresh(CATALOGUE_SCOPE)];
  await expect(ask(store, cursors, { serverId: idOf(5) })).rejects.toMatchObject({
    code: 'SERVER_REPLACED',
  });
  await expect(ask(store, cursors, { protocol: 0 })).rejects.toMatchObject({
    code: 'UPGRADE_REQUIRED',
  });
  await expect(ask(store, cursors, { protocol: 99 })).rejects.toMatchObject({
    code: 'UPGRADE_REQUIRED',
  });
  await expect(ask(store, cursors, { serverId: store.serverId })).resolves.toBeDefined();
});

test('hello tells who the server is and what may be followed', async () => {
  const store = await newStore();
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(2, { name: 'West' }), siteRow(1, { name: 'East' })]);
    await tx.insert('location', [locationRow(3, { site_id: idOf(1) })]);
  });
  const said = await hello({ store, actor: OPEN }, { protocol: 1, serverId: null }, () => 42);
  expect(said).toMatchObject({ serverId: store.serverId, serverName: 'North', serverTime: 42 });
  expect(said.scopes).toEqual([
    { scope: CATALOGUE_SCOPE, siteCode: null, name: 'Catalogue', rows: 2 },
    { scope: siteScope(idOf(1)), siteCode: 'S1', name: 'East', rows: 1 },
    { scope: siteScope(idOf(2)), siteCode: 'S2', name: 'West', rows: 0 },
  ]);
});
