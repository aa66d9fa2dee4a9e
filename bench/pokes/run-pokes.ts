import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTRPCClient, httpLink } from '@trpc/client';
import { v7 as uuidv7 } from 'uuid';
import type { ServerRouter } from '../../server/router.ts';
import { must } from '../../shared/domain/assert.ts';
import { CATALOGUE_SCOPE, siteScope } from '../../shared/sync/scope.ts';
import { idOf, movementRow, productRow } from '../../tests/support/server-rows.ts';
import { type BenchProcess, startProcess } from '../bench-process.ts';
import { percentile } from '../statistics.ts';
import { askControl } from './control-port.ts';
import type { LaptopsInput, LaptopsOutput, LaptopsSeen } from './laptops-process.ts';
import type { ServerLoad, WarehouseInput, WarehouseOutput } from './warehouse-process.ts';

export interface PokeOptions {
  laptops: number;
  /** That follow the same site. */
  laptopsPerSite: number;
  movementsPerSecond: number;
  seconds: number;
  /** Changes of the catalogue, which every laptop hears of, after the movements. */
  catalogueChanges: number;
  /** Processes that hold the laptops. */
  processes: number;
  seed: number;
  signal: AbortSignal;
}

/** Of milliseconds from just before a change was sent to the server until a laptop had the row. */
export interface Waits {
  changes: number;
  /** Of how many laptops should have had the rows, and how many did. */
  expected: number;
  arrived: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export interface PokeFigures {
  laptops: number;
  movements: Waits;
  catalogue: Waits;
  /** Of the server process, with nobody and with everybody listening. */
  rssMbBefore: number;
  rssMbListening: number;
  /** Of the server's processor, while nothing happens and everybody listens; 1 is a core. */
  coresIdle: number;
  /** Of the server's processor for one laptop that hears a poke, asks and gets its row; the commits themselves included. */
  cpuMsPerDelivery: number;
  failures: number;
}

const IDLE_MS = 5_000;
/** So that the laptops have one change before the next. */
const CATALOGUE_INTERVAL_MS = 2_000;
/** What has not arrived by then is counted as missing. */
const ARRIVAL_MAX_MS = 15_000;
const LIVE_MAX_MS = 120_000;
const POLL_MS = 100;
const BUSY_WAIT_MS = 500;

/** N laptops on one server process, over real connections of this machine. */
export async function runPokes(options: PokeOptions): Promise<PokeFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tallyman-pokes-'));
  const processes: BenchProcess<unknown>[] = [];
  const inProcess = { profileFolder: null, signal: options.signal };
  try {
    const sites = Math.ceil(options.laptops / options.laptopsPerSite);
    const warehouse = await startProcess<WarehouseInput, WarehouseOutput>(
      new URL('./warehouse-process.ts', import.meta.url),
      { dataDir, sites },
      inProcess,
    );
    processes.push(warehouse);
    const { url: serverUrl, controlUrl } = warehouse.value;
    const load = (): Promise<ServerLoad> => askControl<ServerLoad>(controlUrl, 'load');
    const before = await load();
    const groups = await Promise.all(
      Array.from({ length: options.processes }, (_, at) =>
        startProcess<LaptopsInput, LaptopsOutput>(
          new URL('./laptops-process.ts', import.meta.url),
          { serverUrl, laptops: laptopsOf(options, at), seed: options.seed + at },
          inProcess,
        ),
      ),
    );
    processes.push(...groups);
    const crowd = new Crowd(groups.map(({ value }) => value.controlUrl));
    await crowd.allLive(options.laptops);
    const idleFrom = await load();
    await sleep(IDLE_MS, null, { signal: options.signal });
    const idleTo = await load();
    const office = new Office(serverUrl);
    const movements = await crowd.waits(
      await office.move({ ...options, sites }),
      options.laptopsPerSite,
    );
    const catalogue = await crowd.waits(await office.changeCatalogue(options), options.laptops);
    const after = await load();
    return {
      laptops: options.laptops,
      movements,
      catalogue,
      rssMbBefore: before.rssMb,
      rssMbListening: idleTo.rssMb,
      coresIdle: (idleTo.cpuMs - idleFrom.cpuMs) / IDLE_MS,
      cpuMsPerDelivery:
        (after.cpuMs - idleTo.cpuMs) / Math.max(1, movements.arrived + catalogue.arrived),
      failures: crowd.failures,
    };
  } finally {
    for (const process of processes.toReversed()) await process.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function laptopsOf(
  { laptops, laptopsPerSite, processes }: PokeOptions,
  group: number,
): LaptopsInput['laptops'] {
  return Array.from({ length: laptops }, (_, number) => number)
    .filter((number) => number % processes === group)
    .map((number) => ({
      deviceId: uuidv7(),
      scopes: [CATALOGUE_SCOPE, siteScope(idOf(Math.floor(number / laptopsPerSite)))],
    }));
}

/** When each row was sent to the server. */
type Sent = ReadonlyMap<string, number>;

/** Whoever changes something at the server, by its ordinary calls. */
class Office {
  readonly #client: ReturnType<typeof createTRPCClient<ServerRouter>>;

  constructor(serverUrl: string) {
    this.#client = createTRPCClient<ServerRouter>({
      links: [httpLink({ url: `${serverUrl}/trpc` })],
    });
  }

  async move({
    sites,
    movementsPerSecond,
    seconds,
    signal,
  }: PokeOptions & { sites: number }): Promise<Sent> {
    const sent = new Map<string, number>();
    const beganAt = Date.now();
    const calls: Promise<unknown>[] = [];
    for (let number = 0; number < movementsPerSecond * seconds; number++) {
      const dueMs = beganAt + (number / movementsPerSecond) * 1_000 - Date.now();
      if (dueMs > 0) await sleep(dueMs, null, { signal });
      const site = number % sites;
      const id = uuidv7();
      const row = movementRow(number, {
        id,
        site_id: idOf(site),
        to_location_id: idOf(site),
        quantity: 1,
        moved_at: Date.now(),
      });
      calls.push(
        unlessBusy(signal, () => {
          sent.set(id, Date.now());
          return this.#client.stock.movements.record.mutate(row);
        }),
      );
    }
    await Promise.all(calls);
    return sent;
  }

  async changeCatalogue({ catalogueChanges, signal }: PokeOptions): Promise<Sent> {
    const sent = new Map<string, number>();
    for (let number = 1; number <= catalogueChanges; number++) {
      const id = uuidv7();
      const row = productRow(number, { id, sku: `NEW-${number}` });
      await unlessBusy(signal, () => {
        sent.set(id, Date.now());
        return this.#client.catalogue.products.upsert.mutate(row);
      });
      await sleep(CATALOGUE_INTERVAL_MS, null, { signal });
    }
    return sent;
  }
}

/** As a laptop does: a server that says that it is busy is asked again. The wait counts from then. */
async function unlessBusy(signal: AbortSignal, call: () => Promise<unknown>): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      await call();
      return;
    } catch (error) {
      const { data } = error as { data?: { wire?: { code?: string } } };
      if (data?.wire?.code !== 'SERVER_BUSY') throw error;
      await sleep(BUSY_WAIT_MS, null, { signal });
    }
  }
}

/** All laptops, in whichever process they are. */
class Crowd {
  readonly #controls: readonly string[];
  failures = 0;

  constructor(controls: readonly string[]) {
    this.#controls = controls;
  }

  async allLive(laptops: number): Promise<void> {
    for (let waited = 0; waited < LIVE_MAX_MS; waited += POLL_MS) {
      const live = (await this.#seen()).reduce((sum, group) => sum + group.live, 0);
      if (live === laptops) return;
      await sleep(POLL_MS);
    }
    throw new Error('not all laptops could listen');
  }

  /** How long each row took to each of its `laptopsPerRow` laptops. */
  async waits(sent: Sent, laptopsPerRow: number): Promise<Waits> {
    const expected = sent.size * laptopsPerRow;
    const waits: number[] = [];
    for (let waited = 0; waited < ARRIVAL_MAX_MS && waits.length < expected; waited += POLL_MS) {
      for (const { rows } of await this.#seen()) {
        for (const [id, at] of rows) {
          const sentAt = sent.get(id);
          if (sentAt !== undefined) waits.push(at - sentAt);
        }
      }
      await sleep(POLL_MS);
    }
    const of = (share: number): number =>
      waits.length === 0 ? Infinity : percentile(waits, share);
    return {
      changes: sent.size,
      expected,
      arrived: waits.length,
      p50: of(0.5),
      p95: of(0.95),
      p99: of(0.99),
      max: of(1),
    };
  }

  async #seen(): Promise<LaptopsSeen[]> {
    const seen = await Promise.all(
      this.#controls.map((url) => askControl<LaptopsSeen>(url, 'seen')),
    );
    this.failures = seen.reduce((sum, group) => sum + group.failures, 0);
    return must(seen, 'an answer of each process');
  }
}
