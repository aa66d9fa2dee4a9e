import { OPEN } from '../../server/auth/actor.ts';
import type { ServerStore } from '../../server/store/open-store.ts';
import { bucketRows } from '../../server/sync/bucket-rows.ts';
import { digests } from '../../server/sync/digests.ts';
import { pull } from '../../server/sync/pull.ts';
import { push } from '../../server/sync/push/push.ts';
import { bucketRowsInput, digestsInput, pullInput, pushInput } from '../../shared/sync/protocol.ts';
import { TallymanError } from '../../shared/errors.ts';
import { NO_SNAPSHOTS } from './no-snapshots.ts';
import { openTestStore } from './test-store.ts';
import type { SyncServer } from '../../main/sync/sync-server.ts';

/**
 * What a network does to one call: nothing; the request never arrives; the answer never does; it arrives twice; or it is
 * lost and arrives all the same after a later call.
 */
export type CallFault = 'none' | 'loseRequest' | 'loseAnswer' | 'double' | 'late';

/** The real server's code on a real database, behind a network that does what a test says. */
export class InProcessServer implements SyncServer {
  store!: ServerStore;
  /** Of the next calls, in their order; without an entry nothing happens. */
  faults: CallFault[] = [];
  /** Smaller than laptops ask for, so that small data makes many pages. */
  rowsPerPage = 50;
  failures: unknown[] = [];
  readonly #dataDir: string;
  #late: (() => Promise<unknown>)[] = [];

  private constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  static async open(dataDir: string): Promise<InProcessServer> {
    const server = new InProcessServer(dataDir);
    server.store = await openTestStore({ dataDir });
    return server;
  }

  async restart(): Promise<void> {
    await this.store.close();
    this.store = await openTestStore({ dataDir: this.#dataDir });
  }

  pull: SyncServer['pull'] = (input, signal) =>
    this.#call(signal, () => {
      const asked = pullInput.parse(input);
      return pull(
        { store: this.store, actor: OPEN },
        { ...asked, maxRows: Math.min(asked.maxRows, this.rowsPerPage) },
      );
    });

  push: SyncServer['push'] = (input, signal) =>
    this.#call(signal, () =>
      push(
        {
          store: this.store,
          actor: OPEN,
          requestId: 'test',
          now: Date.now,
          reportFailure: (error) => this.failures.push(error),
        },
        pushInput.parse(input),
      ),
    );

  digests: SyncServer['digests'] = (input, signal) =>
    this.#call(signal, () =>
      digests({ store: this.store, actor: OPEN }, digestsInput.parse(input)),
    );

  bucketRows: SyncServer['bucketRows'] = (input, signal) =>
    this.#call(signal, () =>
      bucketRows({ store: this.store, actor: OPEN }, bucketRowsInput.parse(input)),
    );

  readonly snapshot = NO_SNAPSHOTS.snapshot;
  readonly snapshotBytes = NO_SNAPSHOTS.snapshotBytes;

  bytesReceived(): number {
    return 0;
  }

  /** What was under way for long arrives after all. */
  async deliverLate(): Promise<void> {
    for (const call of this.#late.splice(0)) await call().catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.store.close();
  }

  async #call<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
    if (signal.aborted) throw new TallymanError('CANCELLED', 'cancelled');
    const fault = this.faults.shift() ?? 'none';
    const lost = new TallymanError('SERVER_UNREACHABLE', `the network: ${fault}`);
    if (fault === 'loseRequest') throw lost;
    if (fault === 'late') {
      this.#late.push(call);
      throw lost;
    }
    if (fault === 'double') await call();
    const answer = JSON.parse(JSON.stringify(await call())) as T;
    if (fault === 'loseAnswer') throw lost;
    if (this.#late.length > 0) await this.deliverLate();
    return answer;
  }
}
