import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { TallymanError } from '../../../shared/errors.ts';
import { CATALOGUE_SCOPE } from '../../../shared/sync/scope.ts';
import { PROTOCOL_VERSION } from '../../../shared/sync/protocol.ts';
import { assertDigestsHold } from '../../../tests/support/recount-scopes.ts';
import { creation, edit, SendingLaptop } from '../../../tests/support/sending-laptop.ts';
import {
  idOf,
  locationRow,
  movementRow,
  productRow,
  siteRow,
} from '../../../tests/support/server-rows.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { openTestStore, poisonRow } from '../../../tests/support/test-store.ts';
import { OPEN } from '../../auth/actor.ts';
import type { ServerStore } from '../../store/open-store.ts';
import { pull } from '../pull.ts';
import { commitChanges } from '../scope-commit.ts';

const newFolder = useTempFolders();

let dataDir: string;
let store: ServerStore;
let laptop: SendingLaptop;
let makesIds: () => string;
beforeEach(async () => {
  dataDir = newFolder();
  let made = 0;
  makesIds = () => idOf(5_000 + (made += 1));
  store = await openTestStore({ dataDir, newId: () => makesIds() });
  onTestFinished(async () => {
    await assertDigestsHold(store);
    await store.close();
  });
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('product', [productRow(0), productRow(1)]);
    await tx.insert('location', [locationRow(0)]);
  });
  laptop = new SendingLaptop(store, 70);
});

/** Each is worth one, so that the level tells how many took effect. */
function oneMore(number: number) {
  return laptop.operation(creation('stock_movement', movementRow(number, { quantity: 1 })));
}

async function level(): Promise<number> {
  const row = await store.reader.selectFrom('stock_level').select('quantity').executeTakeFirst();
  return row?.quantity ?? 0;
}

async function lastNumber(deviceId = laptop.deviceId): Promise<number> {
  const cursor = { epoch: null, version: 0, after: null, startVersion: null };
  const output = await pull(
    { store, actor: OPEN },
    {
      protocol: PROTOCOL_VERSION,
      deviceId,
      serverId: null,
      cursors: [{ scope: CATALOGUE_SCOPE, ...cursor }],
      maxRows: 1,
    },
  );
  return output.lastNumber;
}

/** Of every repetition: the answers of the first time, and no effect. */
function asRepeated(first: Awaited<ReturnType<SendingLaptop['send']>>) {
  return first.results.map((result) => ({ ...result, repeated: true }));
}

describe('an operation takes effect once', () => {
  test('when its response was lost after the commit', async () => {
    const operations = [oneMore(1), oneMore(2)];
    const lost = await laptop.send(operations);
    const again = await laptop.send([...operations, oneMore(3)]);
    expect(again.results.slice(0, 2)).toEqual(asRepeated(lost));
    expect(again.results[2]).toMatchObject({ number: 3, repeated: false });
    expect(await level()).toBe(3);
  });

  test('when two windows send it at the same moment', async () => {
    const operations = [oneMore(1), oneMore(2), oneMore(3)];
    const answers = await Promise.all([
      laptop.send(operations),
      laptop.send(operations),
      laptop.send(operations.slice(0, 1)),
    ]);
    for (const { results } of answers) {
      expect(results.map(({ outcome }) => outcome.kind)).toEqual(results.map(() => 'applied'));
    }
    expect(await level()).toBe(3);
  });

  test('when an old request arrives after newer ones', async () => {
    const late = [oneMore(1)];
    const first = await laptop.send([...late, oneMore(2)]);
    await laptop.send([oneMore(3)]);
    expect((await laptop.send(late)).results).toEqual(asRepeated(first).slice(0, 1));
    expect(await level()).toBe(3);
    expect(await lastNumber()).toBe(3);
  });

  test('when a request names it twice', async () => {
    const once = oneMore(1);
    const { results } = await laptop.send([once, once]);
    expect(results.map(({ repeated }) => repeated)).toEqual([false, true]);
    expect(await level()).toBe(1);
  });

  test('when the server is started anew in between', async () => {
    const operations = [oneMore(1), oneMore(2)];
    const first = await laptop.send(operations);
    await store.close();
    store = await openTestStore({ dataDir });
    laptop.store = store;
    expect((await laptop.send(operations)).results).toEqual(asRepeated(first));
    expect(await level()).toBe(2);
  });

  test('when it was refused: the answer stays, even if it would be taken by now', async () => {
    const early = laptop.operation(creation('product_note', { id: idOf(9), text: 'x' }));
    expect((await laptop.outcomes([early]))[0]).toMatchObject({ code: 'NOT_FOUND' });
    await commitChanges(store, (tx) => tx.insert('product', [productRow(9)]));
    expect((await laptop.outcomes([early]))[0]).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('numbers', () => {
  test('that are missing stop a request where they are missing', async () => {
    const [first, second, third] = [oneMore(1), oneMore(2), oneMore(3)];
    const output = await laptop.send([first, third]);
    expect(output.results).toHaveLength(1);
    expect(output.stop).toEqual({ kind: 'gap', expected: 2 });
    expect(await laptop.send([third])).toMatchObject({ stop: { kind: 'gap', expected: 2 } });
    expect((await laptop.send([second, third])).stop).toBeNull();
    expect(await level()).toBe(3);
  });

  test('are told by a pull in the snapshot of the rows, for each laptop', async () => {
    expect(await lastNumber()).toBe(0);
    await laptop.send([oneMore(1), oneMore(2)]);
    expect(await lastNumber()).toBe(2);
    expect(await lastNumber(idOf(71))).toBe(0);
  });

  test('used for other work are those of a copied laptop, and nothing of the request is done', async () => {
    await laptop.send([oneMore(1)]);
    const copy = new SendingLaptop(store, 70);
    const other = { ...copy.operation([]), changes: oneMore(2).changes };
    await expect(copy.send([other, oneMore(2)])).rejects.toMatchObject({ code: 'DEVICE_COPIED' });
    const otherId = { ...other, operationId: idOf(99) };
    await expect(copy.send([otherId])).rejects.toMatchObject({ code: 'DEVICE_COPIED' });
    expect(await level()).toBe(1);
    expect(await lastNumber()).toBe(1);
  });

  test('of a copied laptop that was numbered anew find what its twin has sent', async () => {
    const shared = oneMore(1);
    const first = await laptop.send([shared]);
    const copy = new SendingLaptop(store, 71);
    copy.operation([]);
    const own = copy.operation(
      edit('location', idOf(0), { from: { zone: null }, to: { zone: 'Z' } }),
    );
    const { results } = await copy.send([{ ...shared, number: 1 }, own]);
    expect(results[0]).toEqual(asRepeated(first)[0]);
    expect(results[1]).toMatchObject({ number: 2, outcome: { kind: 'applied' } });
    expect(await level()).toBe(1);
    expect(await lastNumber(copy.deviceId)).toBe(2);
    expect((await copy.send([{ ...shared, number: 1 }])).results[0]?.repeated).toBe(true);
  });

  test('stay those of an operation that was written anew for an update', async () => {
    const before = laptop.operation(
      edit('location', idOf(0), { from: { zone: null }, to: { zone: 'Z' } }),
    );
    await laptop.send([before]);
    const [change] = before.changes;
    const after = { ...before, changes: [{ ...change, version: 2 }] } as typeof before;
    expect((await laptop.send([after])).results[0]?.repeated).toBe(true);
  });
});

describe('a parked operation', () => {
  test('uses up its number, unless the original was taken after all', async () => {
    const [taken, stuck, next] = [oneMore(1), oneMore(2), oneMore(3)];
    await laptop.send([taken]);
    const parked = [taken, stuck].map(({ operationId, number }) => ({
      operationId,
      number,
      parked: true as const,
    }));
    expect(await laptop.outcomes([...parked, next])).toMatchObject([
      { kind: 'applied' },
      { kind: 'parked' },
      { kind: 'applied' },
    ]);
    expect(await laptop.outcomes([stuck])).toEqual([{ kind: 'parked' }]);
    expect(await level()).toBe(2);
    expect(await laptop.outcomes([{ ...stuck, number: 4 }])).toMatchObject([{ kind: 'applied' }]);
    expect(await level()).toBe(3);
  });
});

describe('a failure that nobody expected', () => {
  test('in the middle of 200 leaves those before it done, and is done itself when it has passed', async () => {
    const operations = Array.from({ length: 200 }, (_, at) => oneMore(at + 1));
    const heal = await poisonRow(store, { table: 'stock_movement', id: idOf(101) });
    const output = await laptop.send(operations);
    expect(output.results).toHaveLength(100);
    expect(output.stop).toMatchObject({ kind: 'retry', number: 101, code: 'SERVER_ERROR' });
    expect(JSON.stringify(output)).not.toContain('poison');
    expect(laptop.failures).toMatchObject([{ message: 'poison' }]);
    expect(await level()).toBe(100);
    expect(await lastNumber()).toBe(100);
    await heal();
    const rest = await laptop.send(operations.slice(100));
    expect(rest.results.map(({ repeated }) => repeated)).toEqual(rest.results.map(() => false));
    expect(rest.stop).toBeNull();
    expect(await level()).toBe(200);
  });

  test('in the program leaves nothing of the operation behind', async () => {
    const works = makesIds;
    makesIds = () => {
      makesIds = works;
      throw new Error('a bug');
    };
    const note = laptop.operation(creation('product_note', { id: idOf(0), text: 'x' }));
    const stuck = laptop.operation([
      edit('location', idOf(0), { from: { zone: null }, to: { zone: 'Z' } }),
      creation('stock_movement', movementRow(1, { quantity: 1 })),
    ]);
    const output = await laptop.send([note, stuck]);
    expect(output.results).toHaveLength(1);
    expect(output.stop).toMatchObject({ kind: 'retry', number: 2 });
    const zones = store.reader.selectFrom('location').select('zone');
    expect(await zones.execute()).toEqual([{ zone: null }]);
    expect(await laptop.send([note, stuck])).toMatchObject({ stop: null });
    expect(await zones.execute()).toEqual([{ zone: 'Z' }]);
  });

  test("of the store as a whole is no operation's fault", async () => {
    const only = oneMore(1);
    laptop.store = {
      ...store,
      bulk: {
        write: () => Promise.reject(new TallymanError('DISK_FULL', 'full')),
      } as unknown as ServerStore['bulk'],
    };
    await expect(laptop.send([only])).rejects.toMatchObject({ code: 'DISK_FULL' });
    laptop.store = store;
    expect(await laptop.send([only])).toMatchObject({ stop: null });
  });

  test('because the server is older keeps the operation', async () => {
    const [change] = oneMore(1).changes;
    const newer = { ...laptop.operation([]), number: 1, changes: [{ ...change, version: 9 }] };
    expect(await laptop.send([newer as ReturnType<typeof oneMore>])).toMatchObject({
      results: [],
      stop: { kind: 'retry', number: 1, code: 'UPGRADE_REQUIRED' },
    });
    expect(await lastNumber()).toBe(0);
  });
});
