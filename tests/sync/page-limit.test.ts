import { expect, onTestFinished, test } from 'vitest';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { pullInput, type PullOutput } from '../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import { InProcessServer } from '../support/in-process-server.ts';
import { idOf, productRow } from '../support/server-rows.ts';
import { SyncBench } from '../support/sync-bench.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const newFolder = useTempFolders();

async function openWorld(products: number) {
  const server = await InProcessServer.open(newFolder());
  const laptop = new SyncBench(idOf(9_000));
  onTestFinished(async () => {
    laptop.dispose();
    await server.close();
  });
  const rows = Array.from({ length: products }, (_, at) => productRow(at));
  await commitChanges(server.store, (tx) => tx.insert('product', rows));
  const pages: number[] = [];
  const bytes: number[] = [];
  const pull = server.pull.bind(server);
  server.pull = async (input, signal) => {
    const answer = await pull(input, signal);
    pages.push(rowsIn(answer));
    bytes.push(JSON.stringify(answer).length);
    return answer;
  };
  return { server, laptop, pages, bytes };
}

function rowsIn({ scopes }: PullOutput): number {
  return scopes
    .flatMap((scope) => (scope.kind === 'page' ? scope.entities : []))
    .reduce((sum, { rows, deletes }) => sum + rows.length + deletes.length, 0);
}

test('one change among many rows is one row of the answer', async () => {
  const { server, laptop, pages } = await openWorld(500);
  await laptop.sync(server);
  pages.length = 0;
  await commitChanges(server.store, (tx) => tx.update('product', [productRow(7, { name: 'New' })]));
  await laptop.sync(server);
  expect(pages).toEqual([1]);
  expect(laptop.see('product', idOf(7))).toMatchObject({ name: 'New' });
});

test('a sync with nothing new gets one answer of less than two kilobytes', async () => {
  const { server, laptop, bytes } = await openWorld(500);
  await laptop.sync(server);
  bytes.length = 0;
  await laptop.sync(server);
  expect(bytes).toEqual([expect.toSatisfy((length: number) => length < 2_000)]);
});

test('no page is larger than was asked for, and together they are everything', async () => {
  const { server, laptop, pages } = await openWorld(130);
  server.rowsPerPage = 50;
  await laptop.sync(server);
  expect(pages.filter((rows) => rows > 0)).toEqual([50, 50, 30]);
  expect(laptop.rows(CATALOGUE_SCOPE)?.size).toBe(130);
});

test('a page of more rows than the protocol allows cannot be asked for', () => {
  const cursor = {
    scope: CATALOGUE_SCOPE,
    epoch: null,
    version: 0,
    after: null,
    startVersion: null,
  };
  const asked = { protocol: 2, deviceId: idOf(1), serverId: null, cursors: [cursor] };
  expect(pullInput.safeParse({ ...asked, maxRows: 10_000 }).success).toBe(true);
  expect(pullInput.safeParse({ ...asked, maxRows: 10_001 }).success).toBe(false);
});
