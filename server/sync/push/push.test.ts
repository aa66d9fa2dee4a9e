import type { StockMovement } from '../../../shared/entities/stock-movement.ts';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { OPERATION_BYTES_MAX } from '../../../shared/sync/operation.ts';
import { CATALOGUE_SCOPE, siteScope } from '../../../shared/sync/scope.ts';
import { assertDigestsHold, storedDigests } from '../../../tests/support/recount-scopes.ts';
import { creation, edit, removal, SendingLaptop } from '../../../tests/support/sending-laptop.ts';
import {
  deliveryRow,
  idOf,
  levelRow,
  movementRow,
  lineRow,
  locationRow,
  productRow,
  siteRow,
} from '../../../tests/support/server-rows.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { openTestStore } from '../../../tests/support/test-store.ts';
import type { ServerStore } from '../../store/open-store.ts';
import { commitChanges } from '../scope-commit.ts';

const newFolder = useTempFolders();
const SITE = siteScope(idOf(0));

let store: ServerStore;
let laptop: SendingLaptop;
let other: SendingLaptop;
beforeEach(async () => {
  store = await openTestStore({ dataDir: newFolder() });
  onTestFinished(async () => {
    await assertDigestsHold(store);
    await store.close();
  });
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(0), siteRow(1)]);
    await tx.insert('product', [productRow(0), productRow(1), productRow(2)]);
    await tx.insert('location', [locationRow(0), locationRow(1)]);
    await tx.insert('location', [locationRow(2, { site_id: idOf(1) })]);
  });
  laptop = new SendingLaptop(store, 70);
  other = new SendingLaptop(store, 71);
});

function note(product: number, text: string) {
  return creation('product_note', { id: idOf(product), text });
}

async function locationNow(number: number) {
  return store.reader
    .selectFrom('location')
    .selectAll()
    .where('id', '=', idOf(number))
    .executeTakeFirst();
}

describe('an operation', () => {
  test('that is new is applied and says the versions that show it', async () => {
    const outcome = await laptop.does([note(0, 'Fragile'), creation('location', locationRow(9))]);
    expect(outcome).toEqual({
      kind: 'applied',
      versions: { [CATALOGUE_SCOPE]: 2, [SITE]: 2 },
      merged: [],
    });
    expect(await locationNow(9)).toMatchObject({ code: 'L9', row_version: 2 });
  });

  test('that changes nothing is applied and raises no version', async () => {
    await laptop.does(note(0, 'Fragile'));
    expect(await other.does(note(0, 'Fragile'))).toEqual({
      kind: 'applied',
      versions: {},
      merged: [],
    });
  });

  test('on a field that others changed is merged by its policy and says what was kept', async () => {
    await laptop.does(note(0, 'first'));
    const outcome = await other.does(
      edit('product_note', idOf(0), { from: { text: 'unseen' }, to: { text: 'second' } }),
    );
    expect(outcome).toMatchObject({
      kind: 'applied',
      merged: [{ field: 'text', mine: 'second', theirs: 'first', kept: 'second' }],
    });
  });

  test('is applied but for the fields in conflict', async () => {
    await laptop.does(edit('location', idOf(0), { from: { name: null }, to: { name: 'Mine' } }));
    const outcome = await other.does(
      edit('location', idOf(0), {
        from: { name: null, zone: null },
        to: { name: 'Yours', zone: 'Z' },
      }),
    );
    expect(outcome).toMatchObject({
      kind: 'conflict',
      versions: { [SITE]: 3 },
      conflicts: [{ kind: 'updateUpdate', fields: ['name'], theirs: { name: 'Mine' } }],
    });
    expect(await locationNow(0)).toMatchObject({ name: 'Mine', zone: 'Z' });
  });

  test('on a row that was deleted, and a removal of one that was edited, are conflicts', async () => {
    await laptop.does(removal('location', locationRow(0)));
    const gone = edit('location', idOf(0), { from: { name: null }, to: { name: 'Late' } });
    expect(await other.does(gone)).toMatchObject({
      kind: 'conflict',
      versions: {},
      conflicts: [{ kind: 'updateDelete', theirs: null }],
    });
    await laptop.does(edit('location', idOf(1), { from: { zone: null }, to: { zone: 'Z' } }));
    expect(await other.does(removal('location', locationRow(1)))).toMatchObject({
      kind: 'conflict',
      conflicts: [{ kind: 'deleteUpdate', theirs: { zone: 'Z' } }],
    });
    expect(await locationNow(1)).toBeDefined();
  });

  test('on a note that was deleted brings it back', async () => {
    await laptop.does(note(0, 'first'));
    await laptop.does(removal('product_note', { id: idOf(0), text: 'first' }));
    const outcome = await other.does(
      edit('product_note', idOf(0), {
        from: { id: idOf(0), text: 'first' },
        to: { id: idOf(0), text: 'second' },
      }),
    );
    expect(outcome).toMatchObject({ kind: 'applied', versions: { [CATALOGUE_SCOPE]: 4 } });
  });

  test.each([
    ['the pattern does not allow', 'FORBIDDEN', creation('product', productRow(8))],
    [
      'gives another site',
      'BAD_INPUT',
      edit('location', idOf(0), { from: { site_id: idOf(0) }, to: { site_id: idOf(1) } }),
    ],
    [
      'gives another id',
      'BAD_INPUT',
      edit('location', idOf(0), { from: { id: idOf(0) }, to: { id: idOf(5) } }),
    ],
    [
      'names a column that is not there',
      'BAD_INPUT',
      edit('location', idOf(0), { from: { colour: null }, to: { colour: 'red' } }),
    ],
    [
      'does not say what it saw',
      'BAD_INPUT',
      edit('location', idOf(0), { from: {}, to: { zone: 'Z' } }),
    ],
    [
      'is not valid',
      'BAD_INPUT',
      edit('location', idOf(0), { from: { blocked: 0 }, to: { blocked: 7 } }),
    ],
    [
      'has a negative capacity',
      'BAD_INPUT',
      edit('location', idOf(0), { from: { capacity: null }, to: { capacity: -1 } }),
    ],
    ['points to what never was', 'NOT_FOUND', note(55, 'lost')],
    [
      'is of a site that never was',
      'NOT_FOUND',
      creation('location', locationRow(9, { site_id: idOf(77) })),
    ],
    [
      'points to another site',
      'BAD_INPUT',
      creation('delivery_line', lineRow(9, { delivery_id: idOf(60), site_id: idOf(1) })),
    ],
    ['has a code that is taken', 'CONFLICT', creation('location', locationRow(9, { code: 'L1' }))],
    ['removes a row in use', 'ROW_IN_USE', removal('location', locationRow(1))],
  ])('that %s is rejected, writes nothing and uses up its number', async (_, code, change) => {
    await commitChanges(store, async (tx) => {
      await tx.insert('delivery', [deliveryRow(60)]);
      await tx.insert('stock_level', [levelRow(61, { location_id: idOf(1), quantity: 1 })]);
    });
    const before = await storedDigests(store);
    const outcome = await laptop.does([creation('location', locationRow(10)), change]);
    expect(outcome).toMatchObject({ kind: 'rejected', code });
    expect(await storedDigests(store)).toEqual(before);
    expect(await laptop.does(note(0, 'next'))).toMatchObject({ kind: 'applied' });
  });

  test('that is too large is rejected under its number', async () => {
    const rows = Array.from({ length: 400 }, (_, at) =>
      creation('location', locationRow(at + 100, { note: 'n'.repeat(3_000) })),
    );
    const operation = laptop.operation(rows);
    expect(JSON.stringify(operation).length).toBeGreaterThan(OPERATION_BYTES_MAX);
    expect(await laptop.outcomes([operation, laptop.operation(note(0, 'next'))])).toMatchObject([
      { kind: 'rejected', code: 'TOO_LARGE' },
      { kind: 'applied' },
    ]);
  });

  test('under a parent that was deleted is a conflict, in the same request too', async () => {
    await laptop.does(creation('delivery', deliveryRow(60)));
    await laptop.does(removal('delivery', deliveryRow(60)));
    const late = creation('delivery_line', lineRow(61, { delivery_id: idOf(60) }));
    expect(await other.does(late)).toMatchObject({
      kind: 'conflict',
      versions: {},
      conflicts: [{ kind: 'parentDeleted', rowId: idOf(61), theirs: null }],
    });
    const outcomes = await laptop.outcomes([
      laptop.operation(creation('delivery', deliveryRow(62))),
      laptop.operation(removal('delivery', deliveryRow(62))),
      laptop.operation(creation('delivery_line', lineRow(63, { delivery_id: idOf(62) }))),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['applied', 'applied', 'conflict']);
  });

  test('sees what the operations before it in the request did', async () => {
    const outcomes = await laptop.outcomes([
      laptop.operation(creation('location', locationRow(9, { code: 'X' }))),
      laptop.operation(edit('location', idOf(9), { from: { code: 'X' }, to: { code: 'Y' } })),
      laptop.operation(creation('location', locationRow(10, { code: 'X' }))),
      laptop.operation(creation('location', locationRow(11, { code: 'Y' }))),
      laptop.operation(removal('location', locationRow(9, { code: 'Y' }))),
      laptop.operation(creation('location', locationRow(12, { code: 'Y' }))),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      'applied',
      'applied',
      'applied',
      'rejected',
      'applied',
      'applied',
    ]);
    expect((await locationNow(10))?.code).toBe('X');
    expect((await locationNow(12))?.code).toBe('Y');
  });

  test('may swap two codes with others in one request, which the database takes one by one only', async () => {
    const recode = (number: number, from: string, to: string) =>
      laptop.operation(edit('location', idOf(number), { from: { code: from }, to: { code: to } }));
    const outcomes = await laptop.outcomes([
      recode(0, 'L0', 'Z'),
      recode(1, 'L1', 'L0'),
      recode(0, 'Z', 'L1'),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['applied', 'applied', 'applied']);
    expect([(await locationNow(0))?.code, (await locationNow(1))?.code]).toEqual(['L1', 'L0']);
  });
});

describe('a parent with its children', () => {
  const line = (number: number, change = {}) =>
    lineRow(number, { delivery_id: idOf(60), ...change });

  beforeEach(async () => {
    await laptop.does([
      creation('delivery_line', line(61)),
      creation('delivery_line', line(62)),
      creation('delivery', deliveryRow(60)),
    ]);
  });

  test('is made in one version whatever the order in which its rows are named', async () => {
    const rows = await store.reader.selectFrom('delivery_line').select('row_version').execute();
    expect(rows).toEqual([{ row_version: 2 }, { row_version: 2 }]);
  });

  test('is judged as one: a conflict in one row holds all of them', async () => {
    await laptop.does(edit('delivery', idOf(60), { from: { note: null }, to: { note: 'a' } }));
    const outcome = await other.does([
      edit('delivery', idOf(60), { from: { note: null }, to: { note: 'b' } }),
      edit('delivery_line', idOf(61), { from: { received: 0 }, to: { received: 4 } }),
    ]);
    expect(outcome).toMatchObject({
      kind: 'conflict',
      versions: {},
      conflicts: [{ fields: ['note'] }],
    });
    const kept = await store.reader.selectFrom('delivery_line').select('received').execute();
    expect(kept).toEqual([{ received: 0 }, { received: 0 }]);
  });

  test("merges a line alone by the line's own policy", async () => {
    const said = (to: number) =>
      edit('delivery_line', idOf(61), { from: { received: 0 }, to: { received: to } });
    expect(await laptop.does(said(7))).toMatchObject({
      kind: 'applied',
      merged: [{ mine: 7, theirs: 0, kept: 0 }],
    });
  });

  test('knows by its movements alone how much of a line has come', async () => {
    const receipt = (number: number, change: Partial<StockMovement>) =>
      creation('stock_movement', movementRow(number, { delivery_line_id: idOf(61), ...change }));
    await laptop.does(receipt(70, { quantity: 6 }));
    await other.does(receipt(71, { quantity: 1 }));
    await laptop.does(receipt(72, { quantity: -6, reverses: idOf(70) }));
    await laptop.does(creation('delivery_line', line(63, { received: 5 })));
    const lines = await store.reader
      .selectFrom('delivery_line')
      .select(['id', 'received'])
      .orderBy('id')
      .execute();
    expect(lines.map(({ received }) => received).toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
  });

  test('goes with its children, named or not known to anybody else', async () => {
    const outcome = await other.does([
      removal('delivery', deliveryRow(60)),
      removal('delivery_line', line(61)),
      removal('delivery_line', line(62)),
    ]);
    expect(outcome).toMatchObject({ kind: 'applied' });
    expect(await store.reader.selectFrom('delivery_line').select('id').execute()).toEqual([]);
    expect(await store.reader.selectFrom('delivery').select('id').execute()).toEqual([]);
  });

  test('stays if somebody has added a child that the remover had not seen', async () => {
    await laptop.does(creation('delivery_line', line(63)));
    const outcome = await other.does([
      removal('delivery', deliveryRow(60)),
      removal('delivery_line', line(61)),
      removal('delivery_line', line(62)),
    ]);
    expect(outcome).toMatchObject({
      kind: 'conflict',
      versions: {},
      conflicts: [{ kind: 'deleteUpdate', rowId: idOf(60) }],
    });
    const left = await store.reader.selectFrom('delivery_line').select('id').execute();
    expect(left).toHaveLength(3);
  });
});

describe('what builds on an operation', () => {
  test('that was refused, blocked or parked is blocked, and nothing else is', async () => {
    const refused = laptop.operation(note(55, 'lost'));
    const blocked = laptop.operation(note(0, 'a'), [refused.operationId]);
    const deeper = laptop.operation(note(0, 'b'), [blocked.operationId]);
    const { operationId, number } = laptop.operation(note(0, 'c'));
    const parked = { operationId, number, parked: true as const };
    const onParked = laptop.operation(note(0, 'd'), [operationId]);
    const free = laptop.operation(note(0, 'e'), [idOf(12_345)]);
    const onFree = laptop.operation(note(1, 'f'), [free.operationId]);
    const operations = [refused, blocked, deeper, parked, onParked, free, onFree];
    expect(await laptop.outcomes(operations)).toMatchObject([
      { kind: 'rejected' },
      { kind: 'blocked', by: refused.operationId },
      { kind: 'blocked', by: blocked.operationId },
      { kind: 'parked' },
      { kind: 'blocked', by: operationId },
      { kind: 'applied' },
      { kind: 'applied' },
    ]);
    const later = laptop.operation(note(2, 'g'), [blocked.operationId]);
    expect(await laptop.outcomes([later])).toMatchObject([{ kind: 'blocked' }]);
  });

  test('that conflicted as a whole is blocked; one of which a part was applied lets it pass', async () => {
    await other.does(edit('location', idOf(0), { from: { name: null }, to: { name: 'Theirs' } }));
    const whole = laptop.operation(
      edit('location', idOf(0), { from: { name: null }, to: { name: 'Mine' } }),
    );
    const next = (after: string) =>
      laptop.operation(edit('location', idOf(0), { from: { note: null }, to: { note: 'n' } }), [
        after,
      ]);
    const blocked = next(whole.operationId);
    const part = laptop.operation(
      edit('location', idOf(0), { from: { name: null, zone: null }, to: { name: 'M', zone: 'Z' } }),
    );
    const operations = [whole, blocked, part, next(part.operationId)];
    expect((await laptop.outcomes(operations)).map(({ kind }) => kind)).toEqual([
      'conflict',
      'blocked',
      'conflict',
      'applied',
    ]);
  });
});
