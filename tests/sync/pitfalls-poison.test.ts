import { expect, test } from 'vitest';
import { must } from '../../shared/domain/assert.ts';
import { TallymanError } from '../../shared/errors.ts';
import { OPERATION_BYTES_MAX, type RowChange } from '../../shared/sync/operation.ts';
import { creation } from '../support/sending-laptop.ts';
import { idOf, locationRow, productRow } from '../support/server-rows.ts';
import type { SyncBench } from '../support/sync-bench.ts';
import { serverWith, SITE_SCOPE, useSyncWorlds } from '../support/sync-world.ts';

const openWorld = useSyncWorlds();
const POISON = idOf(7_000);

function rename(laptop: SyncBench, place: number, name: string): string {
  const id = idOf(place);
  const { operationId } = laptop.person.write([
    { kind: 'update', entity: 'location', id, fields: { name } },
  ]);
  return must(operationId, 'an operation');
}

/** What the app itself would not let a person do: as a bug of it, or an app of another version. */
function smuggle(laptop: SyncBench, change: RowChange): void {
  laptop.work.outbox.append({
    operationId: POISON,
    at: 1,
    changes: [{ change, base: null, scope: SITE_SCOPE }],
  });
}

function stateOf(laptop: SyncBench, operationId: string): string | undefined {
  return laptop.work.outbox.find(operationId)?.state;
}

test.each<[string, RowChange, string]>([
  ['a constraint', creation('location', locationRow(9, { code: 'L1' })), 'CONFLICT'],
  ['a missing parent', creation('location', locationRow(9, { site_id: idOf(99) })), 'NOT_FOUND'],
  ['what nobody may do', creation('product', productRow(9)), 'FORBIDDEN'],
  ['a value that is none', creation('location', { ...locationRow(9), capacity: -1 }), 'BAD_INPUT'],
])(
  'pitfall 6: an operation against %s is refused, and those around it go',
  async (_, bad, code) => {
    const world = await openWorld();
    const laptop = await world.laptop();
    const before = rename(laptop, 0, 'before');
    smuggle(laptop, bad);
    const after = rename(laptop, 2, 'after');
    await laptop.sync(world.server);
    expect([before, POISON, after].map((id) => stateOf(laptop, id))).toEqual([
      'applied',
      'rejected',
      'applied',
    ]);
    expect(laptop.person.pending({ limit: 10, show: 'attention' })).toMatchObject({
      attention: 1,
      items: [{ operationId: POISON, reason: { code } }],
    });
    expect(world.server.failures).toEqual([]);
  },
);

test('pitfall 6: an operation that is too large is refused before it is kept, and nothing of it stays', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  const note = 'x'.repeat(OPERATION_BYTES_MAX);
  expect(() => smuggle(laptop, creation('location', { ...locationRow(9), note }))).toThrow(
    'This is too much for one step. Do it in smaller parts.',
  );
  expect(laptop.work.outbox.waiting()).toBe(0);
  rename(laptop, 0, 'after');
  await laptop.sync(world.server);
  expect(laptop.work.outbox.waiting()).toBe(0);
});

test('pitfall 6: a server bug that one operation alone sets off: it is quarantined, released by a person, and done once', async () => {
  const world = await openWorld();
  const laptop = await world.laptop();
  rename(laptop, 0, 'before');
  const poison = rename(laptop, 1, 'poison');
  const after = rename(laptop, 2, 'after');
  const { server } = world;
  const failing = serverWith(server, {
    push: (input, signal) => {
      const isHit = input.operations.some(
        (operation) => operation.operationId === poison && 'changes' in operation,
      );
      if (isHit) throw new TallymanError('SERVER_ERROR', 'The server failed.');
      return server.push(input, signal);
    },
  });
  await laptop.sync(failing);
  expect([stateOf(laptop, poison), stateOf(laptop, after)]).toEqual(['parked', 'applied']);
  expect(await nameOnServer()).toBeNull();

  laptop.person.retry({ operationId: poison, fields: {} });
  await laptop.sync(server);
  expect(await nameOnServer()).toBe('poison');
  expect(laptop.person.pending({ limit: 10, show: 'open' })).toMatchObject({ items: [] });

  async function nameOnServer(): Promise<string | null | undefined> {
    const found = await server.store.reader
      .selectFrom('location')
      .select('name')
      .where('id', '=', idOf(1))
      .executeTakeFirst();
    return found?.name;
  }
});
