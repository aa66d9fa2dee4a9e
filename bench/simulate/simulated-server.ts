import { randomUUID } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { serverRouter } from '../../server/router.ts';
import type { Tenant } from '../../server/tenant/tenant.ts';
import type { PullInput, PullOutput, PushInput, PushOutput } from '../../shared/sync/protocol.ts';
import type { ServedCall } from './waiting-times.ts';

export type CallName = 'pull' | 'push';

export interface MeasuredCall extends ServedCall {
  name: CallName;
  phase: string;
  /** Rows and deletes of a pull, operations of a push. */
  items: number;
  /** Of the compressed answer. */
  bytes: number;
}

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
