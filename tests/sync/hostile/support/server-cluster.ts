import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { StoreLocation } from '../../../../server/store/engine/open-engine.ts';
import { must } from '../../../../shared/domain/assert.ts';
import { type Balancer, startBalancer } from '../../../support/balancer.ts';
import type { HostileServer } from './hostile-server.ts';
import { ServerProcess } from './server-process.ts';

const PROCESSES = 3;
/** From one that is up again to the end of the next. Shorter, and most of the machine would be busy with starting servers. */
const BETWEEN_KILLS_MS = { min: 500, max: 4_000 } as const;

/** Several processes on one database. As long as they run, one after the other is killed at random and started anew. */
export class ServerCluster implements HostileServer {
  readonly location: StoreLocation;
  url = '';
  readonly #processes = new Set<ServerProcess>();
  #balancer: Balancer | null = null;
  #storm: { stop: AbortController; ended: Promise<void> } | null = null;

  private constructor(location: StoreLocation) {
    this.location = location;
  }

  /** On a database that was copied, and is to be another server's. */
  static async on(location: StoreLocation): Promise<ServerCluster> {
    const client = new Client({ connectionString: must(location.database, 'a database') });
    await client.connect();
    try {
      await client.query('update tallyman.server_meta set server_id = gen_random_uuid()');
      await client.query('update tallyman.sync_scope set epoch = gen_random_uuid()');
    } finally {
      await client.end();
    }
    return new ServerCluster(location);
  }

  get running(): boolean {
    return this.#storm !== null;
  }

  async start(): Promise<void> {
    this.#balancer ??= await startBalancer();
    this.url = this.#balancer.url;
    await Promise.all(Array.from({ length: PROCESSES }, () => this.#startOne()));
    const stop = new AbortController();
    this.#storm = { stop, ended: this.#killNowAndThen(stop.signal) };
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.#balancer?.[Symbol.asyncDispose]();
  }

  async #startOne(): Promise<void> {
    const process = await ServerProcess.start(this.location);
    this.#processes.add(process);
    this.#showTargets();
  }

  async #killNowAndThen(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const ms = randomInt(BETWEEN_KILLS_MS.min, BETWEEN_KILLS_MS.max);
      if ((await sleep(ms, 'over', { signal }).catch(() => 'stopped')) === 'stopped') return;
      const victim = [...this.#processes][randomInt(this.#processes.size)];
      if (victim === undefined) return;
      // The balancer is not told: it has to find out by itself, as it would.
      await victim.end('SIGKILL');
      this.#processes.delete(victim);
      await this.#startOne();
    }
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const storm = this.#storm;
    this.#storm = null;
    storm?.stop.abort();
    await storm?.ended;
    await Promise.all([...this.#processes].map((process) => process.end(signal)));
    this.#processes.clear();
    this.#showTargets();
  }

  #showTargets(): void {
    if (this.#balancer) this.#balancer.targets = [...this.#processes].map(({ url }) => url);
  }
}
