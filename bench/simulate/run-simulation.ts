import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createServerFetch } from '../../main/sync/server-fetch.ts';
import { startServer } from '../../server/start-server.ts';
import { readScopeStates } from '../../server/sync/scope-state.ts';
import { openTenant } from '../../server/tenant/tenant.ts';
import { assert } from '../../shared/domain/assert.ts';
import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import { randomFrom } from '../random.ts';
import { median } from '../statistics.ts';
import { writeOpeningData } from './opening-data.ts';
import { SimulatedDay } from './simulated-day.ts';
import { type MeasuredCall, SimulatedServer } from './simulated-server.ts';

export interface SimulationOptions {
  laptops: number;
  laptopsPerSite: number;
  products: number;
  workMinutes: number;
  seed: number;
  /** `postgres://…` of an empty database; without it SQLite in a folder that goes with the run. */
  database?: string | undefined;
}

export interface SimulationResult {
  calls: readonly MeasuredCall[];
  httpMs: number;
  /** By the operating system's clock, from the first call to the last. */
  seconds: number;
  operations: number;
  rowsReceived: number;
}

const HTTP_CALLS = 300;
/** A Monday, at the start of the shift. */
const DAY_BEGINS_AT = Date.UTC(2026, 0, 5, 6);

/** A day of many laptops against the server's own code. Afterwards every laptop is where its server is, or it throws. */
export async function runSimulation(
  options: SimulationOptions,
  onPhase: (name: string) => void = () => undefined,
): Promise<SimulationResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tallyman-simulate-'));
  const clock = { now: DAY_BEGINS_AT };
  const httpMs = await httpCost(join(dataDir, 'http'));
  const logger = pino({ level: 'silent' });
  const tenant = await openTenant({
    dataDir,
    database: options.database,
    code: null,
    logger,
    now: () => clock.now,
    snapshots: false,
  });
  try {
    const { store } = tenant;
    const sites = Math.max(1, Math.ceil(options.laptops / options.laptopsPerSite));
    onPhase('opening data');
    const opening = await writeOpeningData(store, { products: options.products, sites });
    const server = new SimulatedServer(tenant, { now: () => clock.now, httpMs });
    const random = randomFrom(options.seed);
    const day = new SimulatedDay(options, {
      store,
      server,
      opening,
      clock,
      newId: store.newId,
      random,
    });
    const startedAt = performance.now();
    await day.run(onPhase);
    const seconds = (performance.now() - startedAt) / 1_000;
    for (const laptop of day.laptops) await laptop.sync();
    const states = await readScopeStates(store.reader);
    for (const laptop of day.laptops) {
      assert(laptop.waiting === 0, 'a laptop that has sent everything');
      const version = states.get(CATALOGUE_SCOPE)?.version;
      assert(laptop.versionOf(CATALOGUE_SCOPE) === version, 'a laptop that is up to date');
    }
    const pushed = server.calls.filter(({ name }) => name === 'push');
    return {
      calls: server.calls,
      httpMs,
      seconds,
      operations: pushed.reduce((sum, { items }) => sum + items, 0),
      rowsReceived: day.laptops.reduce((sum, laptop) => sum + laptop.rowsReceived, 0),
    };
  } finally {
    await tenant.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Of the server's half of an HTTP call that does next to nothing, on this machine. Both halves are measured, so half of it. */
async function httpCost(dataDir: string): Promise<number> {
  const server = await startServer({ dataDir, port: 0, snapshots: false });
  const http = createServerFetch();
  try {
    const times: number[] = [];
    for (let count = 0; count < HTTP_CALLS; count++) {
      const startedAt = performance.now();
      await http.fetch(`${server.url}/healthz`);
      times.push(performance.now() - startedAt);
    }
    return median(times) / 2;
  } finally {
    await http.close();
    await server.close();
  }
}
