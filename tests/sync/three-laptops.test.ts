import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { movementEffects } from '../../shared/domain/movement-effects.ts';
import { MOVEMENT_KINDS } from '../../shared/entities/stock-movement.ts';
import { TallymanError } from '../../shared/errors.ts';
import { CATALOGUE_SCOPE, siteScope } from '../../shared/sync/scope.ts';
import { type CallFault, InProcessServer } from '../support/in-process-server.ts';
import { assertDigestsHold } from '../support/recount-scopes.ts';
import { idOf, locationRow, productRow, siteRow } from '../support/server-rows.ts';
import { SyncBench } from '../support/sync-bench.ts';
import { useTempFolders } from '../support/temp-folder.ts';

/**
 * Three laptops and the real server, random work, random faults of the network, restarts of anything at any point. After
 * healing: all hold the same, every operation took effect exactly once or waits for a person, stock adds up. fast-check
 * prints the seed and the shortest story of a failure.
 */
const newFolder = useTempFolders();
const LAPTOPS = 3;
const SITE = idOf(0);
const SITE_SCOPE = siteScope(SITE);
const PLACES = [0, 1, 2, 3];
const PRODUCTS = [0, 1, 2];
const FAULTS: readonly CallFault[] = ['none', 'loseRequest', 'loseAnswer', 'double', 'late'];

const laptopOf = fc.nat({ max: LAPTOPS - 1 });
const place = fc.constantFrom(...PLACES);
const product = fc.constantFrom(...PRODUCTS);
const text = fc.constantFrom('red', 'green', 'blue', 'grey');

const step = fc.oneof(
  fc.record({
    do: fc.constant('edit' as const),
    at: laptopOf,
    place,
    field: fc.constantFrom('name', 'zone', 'note'),
    text,
  }),
  fc.record({ do: fc.constant('remove' as const), at: laptopOf, place }),
  fc.record({ do: fc.constant('note' as const), at: laptopOf, product, text }),
  fc.record({
    do: fc.constant('move' as const),
    at: laptopOf,
    product,
    kind: fc.constantFrom(...MOVEMENT_KINDS),
    from: place,
    to: place,
    quantity: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({ do: fc.constant('undo' as const), at: laptopOf }),
  fc.record({
    do: fc.constant('sync' as const),
    at: laptopOf,
    faults: fc.array(fc.constantFrom(...FAULTS), { maxLength: 6 }),
    unit: fc.constantFrom('full' as const, 'send' as const),
  }),
  fc.record({ do: fc.constant('restart' as const), at: laptopOf }),
  fc.record({ do: fc.constant('restartServer' as const) }),
  fc.record({
    do: fc.constant('decide' as const),
    at: laptopOf,
    choice: fc.constantFrom('mine' as const, 'theirs' as const),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface World {
  server: InProcessServer;
  laptops: SyncBench[];
  /** Operations that each laptop has recorded and not taken back without a trace. */
  recorded: Set<string>[];
}

async function newWorld(): Promise<World> {
  const server = await InProcessServer.open(newFolder());
  await commitChanges(server.store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert(
      'product',
      PRODUCTS.map((number) => productRow(number)),
    );
    await tx.insert(
      'location',
      PLACES.map((number) => locationRow(number)),
    );
  });
  const laptops = Array.from({ length: LAPTOPS }, (_, at) => new SyncBench(idOf(500 + at)));
  for (const laptop of laptops) await laptop.sync(server);
  return { server, laptops, recorded: laptops.map(() => new Set<string>()) };
}

/** What a person may well be refused on the spot: the row went, or is in use. */
const REFUSALS = new Set(['NOT_FOUND', 'BAD_INPUT', 'ROW_IN_USE', 'CONFLICT']);

function tryTo(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof TallymanError) || !REFUSALS.has(error.code)) throw error;
  }
}

function operationsOf(laptop: SyncBench): string[] {
  return laptop.work.db.prepare('SELECT operation_id FROM operation').pluck().all() as string[];
}

async function take({ server, laptops }: World, one: Step): Promise<void> {
  if (one.do === 'restartServer') return server.restart();
  const laptop = laptops[one.at];
  if (!laptop) return;
  const { person } = laptop;
  switch (one.do) {
    case 'edit':
      tryTo(() =>
        person.write([
          {
            kind: 'update',
            entity: 'location',
            id: idOf(one.place),
            fields: { [one.field]: one.text },
          },
        ]),
      );
      return;
    case 'remove':
      tryTo(() => person.write([{ kind: 'remove', entity: 'location', id: idOf(one.place) }]));
      return;
    case 'note':
      tryTo(() =>
        person.write([
          {
            kind: 'create',
            entity: 'product_note',
            id: idOf(one.product),
            row: { text: one.text },
          },
        ]),
      );
      return;
    case 'move':
      tryTo(() =>
        person.recordMovement({
          kind: one.kind,
          productId: idOf(one.product),
          locationId: idOf(one.from),
          toLocationId: one.kind === 'move' ? idOf(one.to) : null,
          quantity: one.quantity,
          reason: null,
        }),
      );
      return;
    case 'undo': {
      const last = operationsOf(laptop).at(-1);
      if (last !== undefined) tryTo(() => person.undo(last));
      return;
    }
    case 'sync':
      server.faults = [...one.faults];
      await laptop.sync(server, { unit: one.unit }).catch(expectNetwork);
      server.faults = [];
      return;
    case 'restart':
      laptop.restart();
      return;
    case 'decide':
      decide(laptop, one.choice);
  }
}

function expectNetwork(error: unknown): void {
  if (error instanceof TallymanError && error.code === 'SERVER_UNREACHABLE') return;
  throw error;
}

function decide({ person }: SyncBench, choice: 'mine' | 'theirs'): void {
  const [first] = person.conflicts();
  if (!first) return;
  const ofRow = person.conflicts().filter(({ rowId }) => rowId === first.rowId);
  tryTo(() => person.resolve(ofRow.map(({ id }) => ({ conflictId: id, choice }))));
}

/** The network is whole again: everybody syncs until nothing moves. Conflicts are left to people. */
async function heal({ server, laptops }: World): Promise<void> {
  server.faults = [];
  await server.deliverLate();
  for (let round = 0; round < 3; round++) {
    for (const laptop of laptops) await laptop.sync(server);
  }
}

async function expectWhole(world: World): Promise<void> {
  const { server, laptops } = world;
  await assertDigestsHold(server.store);
  const [first, ...rest] = laptops.map((laptop) => [
    laptop.rows(CATALOGUE_SCOPE),
    laptop.rows(SITE_SCOPE),
  ]);
  for (const rows of rest) expect(rows).toEqual(first);
  await expectStockAddsUp(server);
  for (const [at, laptop] of laptops.entries()) await expectEachOnce(world, at, laptop);
  expect(server.failures).toEqual([]);
}

async function expectStockAddsUp({ store }: InProcessServer): Promise<void> {
  const movements = await store.reader.selectFrom('stock_movement').selectAll().execute();
  const sums = new Map<string, number>();
  for (const movement of movements) {
    for (const { locationId, change } of movementEffects(movement)) {
      const key = `${movement.product_id} ${locationId}`;
      sums.set(key, (sums.get(key) ?? 0) + change);
    }
  }
  const levels = await store.reader.selectFrom('stock_level').selectAll().execute();
  for (const level of levels) {
    const key = `${level.product_id} ${level.location_id}`;
    expect(level.quantity).toBe(sums.get(key) ?? 0);
    sums.delete(key);
  }
  expect([...sums.values()].filter((sum) => sum !== 0)).toEqual([]);
}

/** What was recorded is applied, or waits, or a person has to look at it; and the server has one answer to each that it met. */
async function expectEachOnce(
  { server, recorded }: World,
  at: number,
  laptop: SyncBench,
): Promise<void> {
  const states = new Map(
    (
      laptop.work.db.prepare('SELECT operation_id AS id, state FROM operation').all() as {
        id: string;
        state: string;
      }[]
    ).map(({ id, state }) => [id, state]),
  );
  for (const id of recorded[at] ?? []) expect(states.has(id)).toBe(true);
  const waiting = laptop.person.pending({ limit: 500, show: 'open' }).items;
  // Whatever still waits is held by a question that only a person can answer.
  expect(waiting.filter(({ state }) => state === 'waiting')).toEqual([]);
  const answers = await server.store.reader
    .selectFrom('sync_mutation')
    .select(['operation_id', 'outcome'])
    .where('operation_id', 'in', [...states.keys(), ''])
    .execute();
  const answered = new Map(answers.map(({ operation_id, outcome }) => [operation_id, outcome]));
  for (const [id, state] of states) {
    if (state === 'waiting') expect(answered.has(id)).toBe(false);
    if (state === 'applied') expect(answered.get(id)).toMatch(/"kind":"(applied|conflict)"/);
  }
}

/** One step, and which operations it added or took back without a trace. */
async function takeAndRecord(world: World, one: Step): Promise<void> {
  const before = world.laptops.map((laptop) => new Set(operationsOf(laptop)));
  await take(world, one);
  for (const [at, laptop] of world.laptops.entries()) {
    const now = new Set(operationsOf(laptop));
    const own = world.recorded[at];
    for (const id of now) own?.add(id);
    if (one.do !== 'undo') continue;
    for (const id of before[at] ?? []) if (!now.has(id)) own?.delete(id);
  }
}

test(
  'three laptops and one server end equal, whatever happens on the way',
  { timeout: 240_000 },
  async () => {
    let world: World | null = null;
    const close = async (): Promise<void> => {
      for (const laptop of world?.laptops ?? []) laptop.dispose();
      await world?.server.close();
      world = null;
    };
    onTestFinished(close);
    const story = fc.array(step, { minLength: 5, maxLength: 60, size: 'max' });
    await fc.assert(
      fc.asyncProperty(story, async (steps) => {
        await close();
        world = await newWorld();
        for (const one of steps) await takeAndRecord(world, one);
        await heal(world);
        await expectWhole(world);
      }),
      { numRuns: 25 },
    );
  },
);
