import { randomUUID } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { serverRouter } from '../../server/router.ts';
import { type NewsRequest, readNews, type ScopeNews } from '../../server/sync/poke/poke-news.ts';
import type { Tenant } from '../../server/tenant/tenant.ts';
import type { PullInput, PullOutput, PushInput, PushOutput } from '../../shared/sync/protocol.ts';
import type { ServedCall } from './waiting-times.ts';

/** A poke is no call, but as much work as one: what changed is read once, and each line is written to. */
export type CallName = 'pull' | 'push' | 'poke';

export interface MeasuredCall extends ServedCall {
  name: CallName;
  phase: string;
  /** Rows and deletes of a pull, operations of a push, lines that are told. */
  items: number;
  /** Of the compressed answer. */
  bytes: number;
}

/** Of the server's processor for each line that is told, connections included, as `npm run bench:pokes` finds it. */
const LINE_MS = 0.3;
/** As the server does it for answers that are worth it. */
const COMPRESSED_FROM_BYTES = 1_024;

/**
 * The server's own code: its procedures with their input schemas, rights and middleware, on a real database, and the
 * writing and compressing of answers. Only the socket is missing; what HTTP costs is measured apart and added to each call.
 */
export class SimulatedServer {
  readonly calls: MeasuredCall[] = [];
  phase = '';
  readonly #tenant: Tenant;
  readonly #now: () => number;
  readonly #httpMs: number;

  constructor(tenant: Tenant, { now, httpMs }: { now: () => number; httpMs: number }) {
    this.#tenant = tenant;
    this.#now = now;
    this.#httpMs = httpMs;
  }

  pull(input: PullInput): Promise<PullOutput> {
    return this.#measured('pull', () => this.#caller().sync.pull(input), rowsOf);
  }

  push(input: PushInput): Promise<PushOutput> {
    return this.#measured(
      'push',
      () => this.#caller().sync.push(input),
      ({ results }) => results.length,
    );
  }

  /** What comes to the lines of these laptops; null if they have to ask. */
  async tell(request: NewsRequest): Promise<ScopeNews | null> {
    const startedAt = performance.now();
    const news = await readNews(this.#tenant.store, request);
    const lines = request.deviceIds.length;
    const bytes = news === null ? 0 : JSON.stringify(news.newsFor('')).length * lines;
    const workMs = performance.now() - startedAt + lines * LINE_MS;
    const { phase } = this;
    this.calls.push({ name: 'poke', phase, at: this.#now(), workMs, items: lines, bytes });
    return news;
  }

  #caller() {
    const { store, auth, snapshots } = this.#tenant;
    return serverRouter.createCaller({
      store,
      auth,
      snapshots: snapshots?.keeper ?? null,
      actor: { kind: 'open' },
      address: '127.0.0.1',
      now: this.#now,
      requestId: randomUUID(),
      reportFailure: (error) => {
        throw error;
      },
    });
  }

  async #measured<T>(
    name: CallName,
    call: () => Promise<T>,
    count: (answer: T) => number,
  ): Promise<T> {
    const startedAt = performance.now();
    const answer = await call();
    const text = Buffer.from(JSON.stringify(answer));
    const sent = text.length < COMPRESSED_FROM_BYTES ? text : zstdCompressSync(text);
    const workMs = performance.now() - startedAt + this.#httpMs;
    this.calls.push({
      name,
      phase: this.phase,
      at: this.#now(),
      workMs,
      items: count(answer),
      bytes: sent.length,
    });
    return answer;
  }
}

function rowsOf({ scopes }: PullOutput): number {
  return scopes
    .flatMap((scope) => (scope.kind === 'page' ? scope.entities : []))
    .reduce((sum, { rows, deletes }) => sum + rows.length + deletes.length, 0);
}
