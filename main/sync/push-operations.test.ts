import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { must } from '../../shared/domain/assert.ts';
import { TallymanError } from '../../shared/errors.ts';
import { PUSH_OPERATIONS_MAX } from '../../shared/sync/operation.ts';
import { siteScope } from '../../shared/sync/scope.ts';
import { ModelSyncServer } from '../../tests/support/model-sync-server.ts';
import { SyncBench } from '../../tests/support/sync-bench.ts';

const uuid = (number: number): string =>
  `01890000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
const SITE = uuid(900);
const SITE_SCOPE = siteScope(SITE);
const PLACE = uuid(2_000);
const PRODUCT = uuid(10);

let server: ModelSyncServer;
let laptop: SyncBench;
beforeEach(async () => {
  server = new ModelSyncServer({ serverId: uuid(1), epoch: uuid(2) });
  server.write('catalogue', [
    { entity: 'site', id: SITE, row: { code: 'HAM', name: 'Hamburg' } },
    { entity: 'product', id: PRODUCT, row: { sku: 'P', name: 'Drill', unit: 'pcs', archived: 0 } },
  ]);
  server.write(SITE_SCOPE, [
    { entity: 'location', id: PLACE, row: { site_id: SITE, code: 'A-1', name: 'Rack' } },
    { entity: 'location', id: uuid(2_001), row: { site_id: SITE, code: 'A-2' } },
  ]);
  laptop = new SyncBench(uuid(3));
  await laptop.sync(server);
});
afterEach(() => laptop.dispose());

const rename = (name: string, id = PLACE): string =>
  must(
    laptop.person.write([{ kind: 'update', entity: 'location', id, fields: { name } }]).operationId,
    'an operation',
  );
const others = (fields: Record<string, string | number | null>, id = PLACE): void => {
  const row = must(server.row(SITE_SCOPE, 'location', id), 'a row of the server');
  server.write(SITE_SCOPE, [{ entity: 'location', id, row: { ...row, ...fields } }]);
};
const onServer = (id = PLACE) => server.row(SITE_SCOPE, 'location', id);
const stateOf = (operationId: string) => laptop.work.outbox.find(operationId)?.state;

describe('work done offline', () => {
  test('is seen at once, reaches the server, and is seen all the way', async () => {
    const operationId = rename('Front rack');
    expect(laptop.see('location', PLACE)).toMatchObject({ name: 'Front rack' });
    expect(laptop.person.pending({ limit: 10, show: 'open' })).toMatchObject({ waiting: 1 });
    await laptop.sync(server);
    expect(onServer()).toMatchObject({ name: 'Front rack' });
    expect(laptop.rows(SITE_SCOPE)).toEqual(server.rows(SITE_SCOPE));
    expect(laptop.records.reader().get('location', PLACE)).toMatchObject({
      row: { name: 'Front rack' },
      pending: false,
    });
    expect(stateOf(operationId)).toBe('applied');
    expect(laptop.operationsSent).toBe(1);
  });

  test('keeps its number when the answer is lost, and takes effect once', async () => {
    rename('Once');
    server.afterPush = () => {
      throw new TallymanError('SERVER_UNREACHABLE', 'the answer is lost');
    };
    await expect(laptop.sync(server)).rejects.toThrow('the answer is lost');
    const version = server.version(SITE_SCOPE);
    // The pull went on all the same, and tells that the work is in.
    expect(laptop.records.reader().get('location', PLACE)).toMatchObject({
      row: { name: 'Once' },
      pending: false,
    });
    server.afterPush = () => undefined;
    laptop.restart();
    await laptop.sync(server);
    expect(server.version(SITE_SCOPE)).toBe(version);
    expect(laptop.work.outbox.waiting()).toBe(0);
  });

  test('of more than one batch is sent in order', async () => {
    for (let at = 0; at < PUSH_OPERATIONS_MAX + 50; at++) rename(`Name ${at}`);
    await laptop.sync(server);
    expect(laptop.operationsSent).toBe(PUSH_OPERATIONS_MAX + 50);
    expect(onServer()).toMatchObject({ name: `Name ${PUSH_OPERATIONS_MAX + 49}` });
  });

  test('done while a run applies is kept and goes with the next run', async () => {
    others({ zone: 'Z' });
    let done = false;
    server.beforeAnswer = (call) => {
      if (call !== 'pull' || done) return;
      done = true;
      rename('Meanwhile');
    };
    await laptop.sync(server);
    expect(laptop.see('location', PLACE)).toMatchObject({ name: 'Meanwhile', zone: 'Z' });
    await laptop.sync(server);
    expect(onServer()).toMatchObject({ name: 'Meanwhile', zone: 'Z' });
  });
});

describe('S11: two people on one row', () => {
  test('merge where they changed different fields', async () => {
    rename('Mine');
    others({ zone: 'Theirs' });
    await laptop.sync(server);
    expect(onServer()).toMatchObject({ name: 'Mine', zone: 'Theirs' });
    expect(laptop.conflictsFound).toBe(0);
  });

  test('conflict in one field, which survives a restart and holds only its row', async () => {
    rename('Mine');
    others({ name: 'Theirs' });
    await laptop.sync(server);
    laptop.restart();
    expect(laptop.person.conflicts()).toMatchObject([
      {
        entity: 'location',
        rowId: PLACE,
        field: 'name',
        base: 'Rack',
        mine: 'Mine',
        theirs: 'Theirs',
      },
    ]);
    const held = rename('Mine again');
    const free = rename('Other', uuid(2_001));
    expect(laptop.person.pending({ limit: 10, show: 'open' }).items).toMatchObject([
      { operationId: held, state: 'held' },
      { operationId: free, state: 'waiting' },
    ]);
    await laptop.sync(server);
    expect(stateOf(free)).toBe('applied');
    expect(stateOf(held)).toBe('waiting');
  });

  test.each([
    ['mine', 'Mine'],
    ['theirs', 'Theirs'],
  ] as const)('decided as %s', async (choice, name) => {
    rename('Mine');
    others({ name: 'Theirs' });
    await laptop.sync(server);
    const [conflict] = laptop.person.conflicts();
    laptop.person.resolve([{ conflictId: must(conflict, 'a conflict').id, choice }]);
    expect(laptop.see('location', PLACE)).toMatchObject({ name });
    await laptop.sync(server);
    expect(onServer()).toMatchObject({ name });
    expect(laptop.person.conflicts()).toEqual([]);
    expect(laptop.rows(SITE_SCOPE)).toEqual(server.rows(SITE_SCOPE));
  });

  test('decided with a value of its own, and what was held follows it', async () => {
    rename('Mine');
    others({ name: 'Theirs' });
    await laptop.sync(server);
    laptop.person.write([
      { kind: 'update', entity: 'location', id: PLACE, fields: { zone: 'Later' } },
    ]);
    const [conflict] = laptop.person.conflicts();
    laptop.person.resolve([
      { conflictId: must(conflict, 'a conflict').id, choice: { merged: 'Both' } },
    ]);
    await laptop.sync(server);
    expect(onServer()).toMatchObject({ name: 'Both', zone: 'Later' });
  });

  test('an edit of a row that was deleted can bring it back', async () => {
    rename('Mine');
    server.write(SITE_SCOPE, [{ entity: 'location', id: PLACE, row: null }]);
    await laptop.sync(server);
    const [conflict] = laptop.person.conflicts();
    expect(conflict).toMatchObject({ kind: 'updateDelete', field: null, theirs: null });
    expect(laptop.see('location', PLACE)).toBeNull();
    laptop.person.resolve([{ conflictId: must(conflict, 'a conflict').id, choice: 'mine' }]);
    await laptop.sync(server);
    expect(onServer()).toMatchObject({ name: 'Mine', code: 'A-1' });
  });

  test('a delete of a row that was edited is asked about', async () => {
    laptop.person.write([{ kind: 'remove', entity: 'location', id: PLACE }]);
    others({ name: 'Theirs' });
    await laptop.sync(server);
    const [conflict] = laptop.person.conflicts();
    expect(conflict).toMatchObject({ kind: 'deleteUpdate', mine: null });
    expect(laptop.see('location', PLACE)).toMatchObject({ name: 'Theirs' });
    laptop.person.resolve([{ conflictId: must(conflict, 'a conflict').id, choice: 'mine' }]);
    await laptop.sync(server);
    expect(onServer()).toBeNull();
  });
});

describe('the last write wins', () => {
  const note = (text: string) =>
    laptop.person.write([{ kind: 'create', entity: 'product_note', id: PRODUCT, row: { text } }]);

  test('two notes begun at once become one, the later to arrive', async () => {
    note('Mine');
    server.write('catalogue', [{ entity: 'product_note', id: PRODUCT, row: { text: 'Theirs' } }]);
    await laptop.sync(server);
    expect(server.row('catalogue', 'product_note', PRODUCT)).toMatchObject({ text: 'Mine' });
    expect(laptop.conflictsFound).toBe(0);
  });

  test('an edit of a note that was deleted brings it back and asks nobody', async () => {
    note('First');
    await laptop.sync(server);
    note('Second');
    server.write('catalogue', [{ entity: 'product_note', id: PRODUCT, row: null }]);
    await laptop.sync(server);
    expect(server.row('catalogue', 'product_note', PRODUCT)).toMatchObject({ text: 'Second' });
    expect(laptop.person.conflicts()).toEqual([]);
  });
});

describe('an operation that the server cannot digest', () => {
  test('is passed over after some tries, and all others go', async () => {
    const before = rename('Before');
    const poison = rename('Poison', uuid(2_001));
    const after = rename('After');
    server.failOperation = (operation) =>
      operation.operationId === poison && !('parked' in operation) ? 'INTERNAL' : null;
    await laptop.sync(server);
    expect([before, poison, after].map(stateOf)).toEqual(['applied', 'parked', 'applied']);
    expect(laptop.work.outbox.attention()).toBe(1);
    // Its turn comes again when a person says so.
    server.failOperation = () => null;
    laptop.person.retry({ operationId: poison, fields: {} });
    await laptop.sync(server);
    expect(onServer(uuid(2_001))).toMatchObject({ name: 'Poison' });
    expect(laptop.work.outbox.attention()).toBe(0);
  });

  test('and fails the whole request, is found by halving', async () => {
    server.write(
      SITE_SCOPE,
      Array.from({ length: 20 }, (_, at) => ({
        entity: 'location' as const,
        id: uuid(3_000 + at),
        row: { site_id: SITE, code: `B-${at}` },
      })),
    );
    await laptop.sync(server);
    const ids = Array.from({ length: 20 }, (_, at) => rename(`Name ${at}`, uuid(3_000 + at)));
    const poison = must(ids[13], 'the poison');
    server.beforePush = (operations) => {
      if (operations.some((one) => one.operationId === poison && !('parked' in one))) {
        throw new TallymanError('SERVER_ERROR', 'the server stumbles');
      }
    };
    await laptop.sync(server);
    expect(ids.map(stateOf).filter((state) => state !== 'applied')).toEqual(['parked']);
    expect(onServer(uuid(3_019))).toMatchObject({ name: 'Name 19' });
  });

  test('is not blamed while the server fails at everything', async () => {
    const operationId = rename('Mine');
    server.beforeAnswer = () => {
      throw new TallymanError('SERVER_ERROR', 'a storm');
    };
    for (let run = 0; run < 8; run++) {
      await expect(laptop.sync(server)).rejects.toThrow('a storm');
    }
    server.beforeAnswer = () => undefined;
    await laptop.sync(server);
    expect(stateOf(operationId)).toBe('applied');
  });
});

describe('whose numbers', () => {
  test('a copied folder goes on under another device id, nothing doubled and nothing lost', async () => {
    rename('Sent by the original');
    await laptop.sync(server);
    // The copy was made before: it counts from the same number.
    laptop.work.db.prepare('UPDATE device SET next_number = 1').run();
    laptop.work.db.prepare('UPDATE operation SET device_id = NULL, number = NULL').run();
    const own = rename('Done on the copy');
    const before = laptop.work.deviceId();
    await laptop.sync(server);
    expect(laptop.work.deviceId()).not.toBe(before);
    expect(stateOf(own)).toBe('applied');
    expect(onServer()).toMatchObject({ name: 'Done on the copy' });
  });

  test('a restored server gets back what it lost, and nothing twice', async () => {
    rename('Kept');
    await laptop.sync(server);
    rename('Lost');
    rename('Lost too', uuid(2_001));
    await laptop.sync(server);
    server.forgetNumbersAfter(laptop.work.deviceId(), 1);
    others({ name: 'Kept' });
    others({ name: null }, uuid(2_001));
    rename('New');
    await laptop.sync(server);
    expect(onServer()).toMatchObject({ name: 'New' });
    expect(onServer(uuid(2_001))).toMatchObject({ name: 'Lost too' });
    expect(laptop.work.outbox.waiting()).toBe(0);
  });

  test('a restored server gets back what it lost also from a laptop that has nothing new to send', async () => {
    rename('Kept');
    await laptop.sync(server);
    rename('Lost');
    await laptop.sync(server);
    server.forgetNumbersAfter(laptop.work.deviceId(), 1);
    others({ name: 'Kept' });
    await laptop.sync(server);
    expect(onServer()).toMatchObject({ name: 'Lost' });
    expect(laptop.see('location', PLACE)).toMatchObject({ name: 'Lost' });
    expect(laptop.work.outbox.waiting()).toBe(0);
  });
});

describe('taking back', () => {
  test('work that was not sent leaves no trace', async () => {
    const operationId = rename('Mistake');
    laptop.person.undo(operationId);
    expect(laptop.see('location', PLACE)).toMatchObject({ name: 'Rack' });
    expect(stateOf(operationId)).toBeUndefined();
    await laptop.sync(server);
    expect(laptop.operationsSent).toBe(0);
  });

  test('sent work makes a counter-operation, once', async () => {
    const operationId = rename('Mistake');
    await laptop.sync(server);
    laptop.person.undo(operationId);
    expect(laptop.see('location', PLACE)).toMatchObject({ name: 'Rack' });
    await laptop.sync(server);
    expect(onServer()).toMatchObject({ name: 'Rack' });
    expect(() => laptop.person.undo(operationId)).toThrow('taken back already');
  });

  test('a sent movement is reversed by another', async () => {
    const operationId = laptop.person.recordMovement({
      kind: 'receive',
      productId: PRODUCT,
      locationId: PLACE,
      toLocationId: null,
      quantity: 5,
      reason: null,
    });
    await laptop.sync(server);
    laptop.person.undo(operationId);
    await laptop.sync(server);
    const quantities = [...server.rows(SITE_SCOPE)]
      .filter(([key]) => key.startsWith('stock_movement'))
      .map(([, values]) => values[6]);
    expect(quantities.toSorted((a, b) => Number(a) - Number(b))).toEqual([-5, 5]);
  });

  test('work that later work builds on is refused', () => {
    const first = rename('First');
    rename('Second');
    expect(() => laptop.person.undo(first)).toThrow('Take the later change back first');
  });
});
