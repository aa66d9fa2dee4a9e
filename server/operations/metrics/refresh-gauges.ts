import { sql } from 'kysely';
import type { Tenant } from '../../tenant/tenant.ts';
import { readStoreState } from './read-store-state.ts';
import type { ServerMetrics } from './server-metrics.ts';

/** However often somebody asks, the database is not asked oftener. */
const REFRESH_MS = 10_000;

export interface GaugePorts {
  /** The organisations that this process has open. */
  tenants: () => Promise<readonly Tenant[]>;
  now: () => number;
}

/** Sets what is not counted as it happens but read when somebody asks for it. */
export class GaugeRefresher {
  readonly #metrics: ServerMetrics;
  readonly #ports: GaugePorts;
  #refreshedAt = -Infinity;
  #refreshing: Promise<void> | null = null;

  constructor(metrics: ServerMetrics, ports: GaugePorts) {
    this.#metrics = metrics;
    this.#ports = ports;
  }

  /** Never fails: that a database does not answer is one of the things to be told. */
  async refresh(): Promise<void> {
    if (Math.abs(this.#ports.now() - this.#refreshedAt) < REFRESH_MS) return;
    this.#refreshing ??= this.#refreshAll().finally(() => {
      this.#refreshing = null;
    });
    await this.#refreshing;
  }

  async #refreshAll(): Promise<void> {
    const tenants = await this.#ports.tenants();
    await Promise.all(tenants.map((tenant) => this.#refreshOne(tenant)));
    this.#refreshedAt = this.#ports.now();
  }

  async #refreshOne(tenant: Tenant): Promise<void> {
    const organisation = tenant.code ?? 'first';
    const metrics = this.#metrics;
    metrics.streams.set({ organisation }, tenant.pokes.size);
    for (const [pool, use] of Object.entries(tenant.store.connections())) {
      for (const state of ['busy', 'idle', 'waiting'] as const) {
        metrics.connections.set({ organisation, pool, state }, use[state]);
      }
    }
    try {
      const startedAt = performance.now();
      await sql`select 1`.execute(tenant.store.reader);
      metrics.databaseAnswer.set({ organisation }, (performance.now() - startedAt) / 1_000);
      await this.#refreshState(organisation, tenant);
      metrics.databaseUp.set({ organisation }, 1);
    } catch {
      metrics.databaseUp.set({ organisation }, 0);
    }
  }

  async #refreshState(organisation: string, { store }: Tenant): Promise<void> {
    const metrics = this.#metrics;
    const now = this.#ports.now();
    const state = await readStoreState(store.reader, now);
    for (const [kind, { scopes, rows, versions }] of state.scopes) {
      metrics.scopes.set({ organisation, scope_kind: kind }, scopes);
      metrics.rows.set({ organisation, scope_kind: kind }, rows);
      metrics.versions.set({ organisation, scope_kind: kind }, versions);
    }
    for (const [bound, count] of state.seen) {
      const within = Number.isFinite(bound) ? String(bound) : '+Inf';
      metrics.laptopsSeen.set({ organisation, within_seconds: within }, count);
    }
    metrics.operationsWaiting.set({ organisation }, state.waiting);
    metrics.operationsRefused.set({ organisation }, state.refused);
    const oldest = state.oldestWaitingAt;
    const age = oldest === null ? 0 : Math.max(0, now - oldest) / 1_000;
    metrics.oldestWaiting.set({ organisation }, age);
  }
}
