import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Operation } from '../../../shared/sync/operation.ts';
import { recountScopes, storedDigests } from '../../../tests/support/recount-scopes.ts';
import { creation, edit, SendingLaptop } from '../../../tests/support/sending-laptop.ts';
import {
  idOf,
  locationRow,
  movementRow,
  productRow,
  siteRow,
} from '../../../tests/support/server-rows.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { openTestStore } from '../../../tests/support/test-store.ts';
import type { ServerStore } from '../../store/open-store.ts';
import { commitChanges } from '../scope-commit.ts';

const newFolder = useTempFolders();

const DEVICES = 3;
const PLACES = 3;

/** Few rows and values, so that laptops meet on the same ones again and again. */
const place = fc.nat(PLACES - 1);
const action = fc.oneof(
  fc.record({
    kind: fc.constant('move' as const),
    from: place,
    to: place,
    quantity: fc.integer({ min: -2, max: 5 }),
  }),
  fc.record({ kind: fc.constant('note' as const), text: fc.constantFrom('a', 'b', 'c') }),
  fc.record({
    kind: fc.constant('zone' as const),
    at: place,
    seen: fc.constantFrom(null, 'X', 'Y'),
    zone: fc.constantFrom('X', 'Y', 'Z'),
  }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const device = fc.nat(DEVICES - 1);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('act' as const), device, action }) },
  {
    weight: 3,
    // From a number that was answered before, with the answer lost or not, or twice at once.
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      device,
      again: fc.nat(3),
      most: fc.integer({ min: 1, max: 4 }),
      isDoubled: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

/** What the rows have to be: operations in the order in which they were first taken, one at a time. */
class Model {
  readonly levels = new Map<number, number>();
  readonly zones = new Map<number, string | null>();
  note: string | null = null;
  movements = 0;

  take(wanted: Action): 'applied' | 'conflict' | 'rejected' {
    switch (wanted.kind) {
      case 'note':
        this.note = wanted.text;
        return 'applied';
      case 'zone': {
        const current = this.zones.get(wanted.at) ?? null;
        if (current !== wanted.seen && current !== wanted.zone && wanted.seen !== wanted.zone) {
          return 'conflict';
        }
        if (wanted.seen !== wanted.zone) this.zones.set(wanted.at, wanted.zone);
        return 'applied';
      }
      case 'move':
        if (wanted.quantity <= 0 || wanted.from === wanted.to) return 'rejected';
        this.movements += 1;
        this.#add(wanted.from, -wanted.quantity);
        this.#add(wanted.to, wanted.quantity);
        return 'applied';
    }
  }

  #add(at: number, quantity: number): void {
    this.levels.set(at, (this.levels.get(at) ?? 0) + quantity);
  }
}

interface ModelDevice {
  laptop: SendingLaptop;
  outbox: { operation: Operation; action: Action }[];
  answered: string[];
}

class World {
  readonly #folder: string;
  store!: ServerStore;
  readonly model = new Model();
  readonly devices: ModelDevice[] = [];
  #rows = 1_000;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async open(): Promise<void> {
    this.store = await openTestStore({ dataDir: this.#folder });
    await commitChanges(this.store, async (tx) => {
      await tx.insert('site', [siteRow(0)]);
      await tx.insert('product', [productRow(0)]);
      await tx.insert(
        'location',
        Array.from({ length: PLACES }, (_, at) => locationRow(at)),
      );
    });
    for (let at = 0; at < DEVICES; at++) {
      this.devices.push({
        laptop: new SendingLaptop(this.store, 70 + at),
        outbox: [],
        answered: [],
      });
    }
  }

  async restart(): Promise<void> {
    await this.store.close();
    this.store = await openTestStore({ dataDir: this.#folder });
    for (const { laptop } of this.devices) laptop.store = this.store;
  }

  act(at: number, wanted: Action): void {
    const { laptop, outbox } = this.#device(at);
    outbox.push({ operation: laptop.operation(this.#changeOf(wanted)), action: wanted });
  }

  async send(at: number, options: { again: number; most: number; isDoubled: boolean }) {
    const { laptop, outbox, answered } = this.#device(at);
    const first = Math.max(0, answered.length - options.again);
    const sent = outbox.slice(first, answered.length + options.most);
    if (sent.length === 0) return [];
    const operations = sent.map(({ operation }) => operation);
    // Of what this request is the first to bring, the model is told in the order of the numbers.
    for (const { action: wanted } of outbox.slice(
      answered.length,
      answered.length + options.most,
    )) {
      answered.push(this.model.take(wanted));
    }
    const expected = answered.slice(first);
    const answers = await Promise.all(
      options.isDoubled
        ? [laptop.send(operations), laptop.send(operations)]
        : [laptop.send(operations)],
    );
    return answers.map(({ results, stop }) => ({
      stop,
      kinds: results.map(({ outcome }) => outcome.kind),
      expected,
    }));
  }

  #device(at: number): ModelDevice {
    const found = this.devices[at];
    if (found === undefined) throw new Error('there is no such laptop');
    return found;
  }

  #changeOf(wanted: Action) {
    switch (wanted.kind) {
      case 'note':
        return creation('product_note', { id: idOf(0), text: wanted.text });
      case 'zone':
        return edit('location', idOf(wanted.at), {
          from: { zone: wanted.seen },
          to: { zone: wanted.zone },
        });
      case 'move':
        return creation(
          'stock_movement',
          movementRow((this.#rows += 1), {
            kind: 'move',
            from_location_id: idOf(wanted.from),
            to_location_id: idOf(wanted.to),
            quantity: wanted.quantity,
          }),
        );
    }
  }
}

function placeOf(id: string): number {
  return Array.from({ length: PLACES }, (_, at) => idOf(at)).indexOf(id);
}

async function checkRows({ store, model }: World): Promise<void> {
  const { reader } = store;
  const notes = await reader.selectFrom('product_note').select('text').execute();
  expect(notes.map(({ text }) => text)).toEqual(model.note === null ? [] : [model.note]);
  const zones = await reader.selectFrom('location').select(['id', 'zone']).execute();
  for (const { id, zone } of zones) expect(zone).toBe(model.zones.get(placeOf(id)) ?? null);
  const levels = await reader.selectFrom('stock_level').selectAll().execute();
  expect(new Map(levels.map((row) => [placeOf(row.location_id), row.quantity]))).toEqual(
    model.levels,
  );
  const moved = await reader.selectFrom('stock_movement').selectAll().execute();
  expect(moved).toHaveLength(model.movements);
  for (const { location_id: id, quantity } of levels) {
    const sum = moved.reduce(
      (all, row) =>
        all +
        (row.to_location_id === id ? row.quantity : 0) -
        (row.from_location_id === id ? row.quantity : 0),
      0,
    );
    expect(quantity).toBe(sum);
  }
  expect(await storedDigests(store)).toEqual(await recountScopes(store));
}

async function send(
  world: World,
  at: number,
  options: { again: number; most: number; isDoubled: boolean },
): Promise<void> {
  for (const { stop, kinds, expected } of await world.send(at, options)) {
    expect(stop).toBeNull();
    expect(kinds).toEqual(expected);
  }
}

test('three laptops that send, repeat and double: each operation takes effect once, and levels are sums', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const world = new World(newFolder());
      await world.open();
      try {
        for (const next of steps) {
          if (next.kind === 'act') world.act(next.device, next.action);
          else if (next.kind === 'send') await send(world, next.device, next);
          else await world.restart();
        }
        for (let at = 0; at < DEVICES; at++) {
          await send(world, at, { again: 0, most: steps.length, isDoubled: false });
        }
        await checkRows(world);
      } finally {
        await world.store.close();
      }
    }),
    // A failure prints its seed and the smallest steps that still fail.
    { numRuns: 40 },
  );
}, 120_000);
