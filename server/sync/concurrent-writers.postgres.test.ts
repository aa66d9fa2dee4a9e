import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { CATALOGUE_SCOPE, siteScope } from '../../shared/sync/scope.ts';
import { ModelLaptop } from '../../tests/support/model-laptop.ts';
import { assertDigestsHold, storedDigests } from '../../tests/support/recount-scopes.ts';
import { runProgram } from '../../tests/support/run-program.ts';
import { creation, SendingLaptop } from '../../tests/support/sending-laptop.ts';
import {
  idOf,
  locationRow,
  movementRow,
  productRow,
  siteRow,
} from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { testLocation } from '../../tests/support/test-store.ts';
import { OPEN } from '../auth/actor.ts';
import type { StoreLocation } from '../store/engine/open-engine.ts';
import { openStore, type ServerStore } from '../store/open-store.ts';
import { pull } from './pull.ts';
import { commitChanges } from './scope-commit.ts';

const newFolder = useTempFolders();

/** Of several server processes on one database, each with connections of its own. */
async function openStores(
  count: number,
): Promise<{ location: StoreLocation; stores: ServerStore[] }> {
  const location = await testLocation(newFolder());
  const stores = await Promise.all(Array.from({ length: count }, () => openStore(location)));
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.close()));
  });
  return { location, stores };
}

function first(stores: readonly ServerStore[]): ServerStore {
  const [store] = stores;
  if (store === undefined) throw new Error('no store');
  return store;
}

/** One page; whether the laptop is complete now. At each such point it has to be what the server says that it is. */
async function pullPage(
  store: ServerStore,
  laptop: ModelLaptop,
  maxRows: number,
): Promise<boolean> {
  const output = await pull(
    { store, actor: OPEN },
    { protocol: 1, deviceId: idOf(1), serverId: null, cursors: laptop.cursors, maxRows },
  );
  const [whole] = laptop.apply(output);
  if (whole === undefined) return false;
  expect(laptop.digestOf(CATALOGUE_SCOPE)).toEqual(whole.digest);
  return true;
}

/** Resolves when it is told to; `reached` when somebody waits for that. */
function gate(): { reached: Promise<void>; wait: () => Promise<void>; open: () => void } {
  const arrived = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  return {
    reached: arrived.promise,
    wait: () => {
      arrived.resolve();
      return opened.promise;
    },
    open: opened.resolve,
  };
}

/**
 * The plain way: each row takes the next number of a sequence, and a reader asks for what is beyond the greatest that it has
 * seen. Returns the rows that the reader has in the end.
 */
class NaiveServer {
  readonly #store: ServerStore;

  constructor(store: ServerStore) {
    this.#store = store;
  }

  static async make(store: ServerStore): Promise<NaiveServer> {
    await sql`create sequence naive_version`.execute(store.writer);
    await sql`create table naive (id text primary key, version bigint not null)`.execute(
      store.writer,
    );
    return new NaiveServer(store);
  }

  async write(id: string, beforeCommit: () => Promise<void>): Promise<void> {
    await this.#store.writer.transaction().execute(async (db) => {
      await sql`insert into naive values (${id}, nextval('naive_version'))`.execute(db);
      await beforeCommit();
    });
  }

  /** What is new after `cursor`. */
  async pull(cursor: number): Promise<{ ids: string[]; cursor: number }> {
    const { rows } = await sql<{ id: string; version: number }>`
      select id, version from naive where version > ${cursor} order by version`.execute(
      this.#store.reader,
    );
    return { ids: rows.map(({ id }) => id), cursor: rows.at(-1)?.version ?? cursor };
  }
}

test('a writer that commits late is missed by a plain sequence', async () => {
  const { stores } = await openStores(1);
  const naive = await NaiveServer.make(first(stores));
  const late = gate();
  const slow = naive.write('slow', late.wait);
  await late.reached;
  await naive.write('quick', () => Promise.resolve());
  const before = await naive.pull(0);
  late.open();
  await slow;
  const after = await naive.pull(before.cursor);
  expect([...before.ids, ...after.ids]).toEqual(['quick']);
});

test('a writer that commits late is never missed by versions under a lock', async () => {
  const { stores } = await openStores(2);
  const store = first(stores);
  const laptop = new ModelLaptop([CATALOGUE_SCOPE]);
  const late = gate();
  const slow = commitChanges(store, async (tx) => {
    await tx.insert('product', [productRow(1)]);
    await late.wait();
  });
  await late.reached;
  const quick = Promise.all(
    stores.map((one, at) => commitChanges(one, (tx) => tx.insert('product', [productRow(2 + at)]))),
  );
  expect(await pullPage(store, laptop, 10)).toBe(true);
  expect(laptop.digestOf(CATALOGUE_SCOPE).count).toBe(0);
  late.open();
  await slow;
  await quick;
  expect(await pullPage(store, laptop, 10)).toBe(true);
  expect(laptop.digestOf(CATALOGUE_SCOPE).count).toBe(3);
});

test('sixteen writers over four stores and a puller: versions under a lock lose none', async () => {
  const WRITERS = 16;
  const ROWS_EACH = 12;
  const { stores } = await openStores(4);
  const store = first(stores);
  const laptop = new ModelLaptop([CATALOGUE_SCOPE]);
  let isWriting = true;
  const write = async (writer: number): Promise<void> => {
    const own = stores[writer % stores.length] ?? store;
    for (let at = 0; at < ROWS_EACH; at++) {
      const number = 1_000 + writer * 100 + at;
      const pause = (writer * 7 + at * 3) % 3;
      await commitChanges(own, async (tx) => {
        await tx.insert('product', [productRow(number)]);
        await sleep(pause);
        if (at > 0) await tx.update('product', [productRow(number - 1, { name: 'changed' })]);
        if (at > 1) await tx.remove('product', [idOf(number - 2)]);
      });
    }
  };
  const walk = async (): Promise<void> => {
    for (let isLast = false; !isLast;) {
      isLast = !isWriting;
      while (!(await pullPage(store, laptop, 7)));
    }
  };
  const walking = walk();
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  isWriting = false;
  await walking;
  expect(laptop.digestOf(CATALOGUE_SCOPE)).toEqual(
    (await storedDigests(store)).get(CATALOGUE_SCOPE),
  );
  expect(laptop.digestOf(CATALOGUE_SCOPE).count).toBe(WRITERS * 2);
  await assertDigestsHold(store);
});

test('processes that write and are killed at any moment leave only whole commits, and none is missed', async () => {
  const { location, stores } = await openStores(1);
  const store = first(stores);
  const laptop = new ModelLaptop([CATALOGUE_SCOPE]);
  const environment = { TALLYMAN_DATABASE: location.database ?? '' };
  const start = (from: number) =>
    runProgram(
      'tests/support/write-until-killed.ts',
      ['--from', String(from), '--rows', '20'],
      environment,
    );
  let from = 10_000;
  const writers = Array.from({ length: 3 }, () => start((from += 10_000)));
  onTestFinished(() => void writers.map(({ child }) => child.kill('SIGKILL')));
  for (const { stdout } of writers) await expect.poll(stdout).toContain('first commit is done');
  for (const wait of [30, 110]) {
    await sleep(wait);
    await pullPage(store, laptop, 50);
    writers.shift()?.child.kill('SIGKILL');
    writers.push(start((from += 10_000)));
  }
  await expect.poll(() => writers.at(-1)?.stdout()).toContain('first commit is done');
  await pullPage(store, laptop, 50);
  for (const { child } of writers) child.kill('SIGKILL');
  await Promise.all(writers.map(({ ended }) => ended));
  while (!(await pullPage(store, laptop, 500)));
  expect(laptop.digestOf(CATALOGUE_SCOPE).count % 20).toBe(0);
  // A killed writer's transaction may last until the database has noticed.
  await expect.poll(() => assertDigestsHold(store).then(() => true)).toBe(true);
});

test('work that meets a scope which is not locked runs again with it, and what was read is of then', async () => {
  const { stores } = await openStores(2);
  const store = first(stores);
  await commitChanges(store, (tx) => tx.insert('site', [siteRow(1), siteRow(2)]));
  let runs = 0;
  const { result, versions } = await commitChanges(store, async (tx) => {
    runs += 1;
    const before = await tx.db.selectFrom('location').select('id').execute();
    // Somebody else is quicker. With the lock held nobody could be.
    if (runs === 1) {
      await commitChanges(stores[1] ?? store, (other) =>
        other.insert('location', [locationRow(9, { site_id: idOf(1) })]),
      );
    }
    await tx.insert('location', [
      locationRow(1, { site_id: idOf(1) }),
      locationRow(2, { site_id: idOf(2) }),
    ]);
    return before.length;
  });
  expect(runs).toBe(2);
  expect(result).toBe(1);
  expect(versions).toEqual(
    new Map([
      [siteScope(idOf(1)), 2],
      [siteScope(idOf(2)), 1],
    ]),
  );
  await assertDigestsHold(store);
});

test('work that takes the want of a lock for an error of its own runs again all the same', async () => {
  const { stores } = await openStores(1);
  const store = first(stores);
  let runs = 0;
  await commitChanges(store, async (tx) => {
    runs += 1;
    await tx.insert('product', [productRow(1)]).catch(() => undefined);
  });
  expect(runs).toBe(2);
  expect((await storedDigests(store)).get(CATALOGUE_SCOPE)?.count).toBe(1);
});

test('two transactions that wait for each other are both done in the end', async () => {
  const { stores } = await openStores(2);
  const store = first(stores);
  await commitChanges(store, (tx) => tx.insert('site', [siteRow(1), siteRow(2)]));
  const both = gate();
  let waiting = 0;
  const cross = (number: number, keys: readonly number[]) =>
    commitChanges(
      stores[number - 1] ?? store,
      async (tx) => {
        const [one, two] = keys;
        await sql`select pg_advisory_xact_lock(${one})`.execute(tx.db);
        if (++waiting === 2) both.open();
        await both.wait();
        await sql`select pg_advisory_xact_lock(${two})`.execute(tx.db);
        await tx.insert('location', [locationRow(number, { site_id: idOf(number) })]);
      },
      { scopes: [siteScope(idOf(number))] },
    );
  await Promise.all([cross(1, [71, 72]), cross(2, [72, 71])]);
  expect(waiting).toBeGreaterThan(2);
  await assertDigestsHold(store);
});

test('what a laptop sends twice at once takes effect once', async () => {
  const { stores } = await openStores(2);
  const store = first(stores);
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('product', [productRow(0)]);
    await tx.insert('location', [locationRow(0)]);
  });
  const [one, two] = stores.map((own) => new SendingLaptop(own, 70));
  if (one === undefined || two === undefined) throw new Error('two laptops');
  for (let round = 0; round < 10; round++) {
    const operations = Array.from({ length: 5 }, (_, at) =>
      one.operation(creation('stock_movement', movementRow(100 + round * 5 + at, { quantity: 1 }))),
    );
    const answers = await Promise.all([one.outcomes(operations), two.outcomes(operations)]);
    expect(answers[0]).toEqual(answers[1]);
  }
  const level = await store.reader.selectFrom('stock_level').select('quantity').execute();
  expect(level).toEqual([{ quantity: 50 }]);
  await assertDigestsHold(store);
});

test('sites that are made, filled and removed at once keep their numbers apart', async () => {
  const { stores } = await openStores(3);
  const store = first(stores);
  await commitChanges(store, (tx) =>
    tx.insert(
      'site',
      Array.from({ length: 6 }, (_, at) => siteRow(at)),
    ),
  );
  const outcomes = await Promise.allSettled(
    Array.from({ length: 18 }, (_, at) => {
      const own = stores[at % stores.length] ?? store;
      const site = at % 6;
      if (at < 6) return commitChanges(own, (tx) => tx.remove('site', [idOf(site)]));
      if (at < 12) return commitChanges(own, (tx) => tx.insert('site', [siteRow(100 + site)]));
      return commitChanges(own, (tx) =>
        tx.insert('location', [locationRow(at, { site_id: idOf(site) })]),
      );
    }),
  );
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') {
      expect(['UNKNOWN_SITE', 'CONFLICT']).toContain((outcome.reason as { code: string }).code);
    }
  }
  const scopes = await store.reader.selectFrom('sync_scope').select('scope_id').execute();
  expect(new Set(scopes.map(({ scope_id }) => scope_id)).size).toBe(scopes.length);
  await assertDigestsHold(store);
});
