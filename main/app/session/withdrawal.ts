import { setTimeout as delay } from 'node:timers/promises';
import { handOver, type HandOverPorts } from './hand-over.ts';
import type { SessionBooks } from './session-book.ts';

const WAIT_FIRST_MS = 5_000;
const WAIT_MAX_MS = 5 * 60_000;

export interface WithdrawalPorts {
  books: SessionBooks;
  call: () => HandOverPorts['call'];
  unsent: HandOverPorts['unsent'];
  /** What is shown and synced ends now. */
  onBegun: () => Promise<void>;
  /** Empties the data folder; done again if it was not seen to end. */
  clear: () => Promise<void>;
  onError: (error: unknown) => void;
}

/**
 * What happens to a laptop that an administrator has withdrawn: its unsent work goes to the server, which keeps it apart;
 * only when all of it is there the laptop is cleared. Each step is noted before it is begun, so that a kill at any moment
 * only repeats one. Without a network everything stays as it is, and locked.
 */
export class Withdrawal {
  readonly #ports: WithdrawalPorts;
  readonly #closing = new AbortController();
  #isRunning = false;

  constructor(ports: WithdrawalPorts) {
    this.#ports = ports;
  }

  async begin(proof: { refreshToken: string; deviceId: string }): Promise<void> {
    const { books, onBegun } = this.#ports;
    if (books.book.withdrawn === null) {
      await books.change({ withdrawn: 'handingOver', proof });
      await onBegun();
    }
    this.goOn();
  }

  /** Where it was; nothing if the laptop is not withdrawn. */
  goOn(): void {
    const { withdrawn } = this.#ports.books.book;
    if (withdrawn === null || withdrawn === 'cleared') return;
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#run().finally(() => {
      this.#isRunning = false;
    });
  }

  close(): void {
    this.#closing.abort();
  }

  async #run(): Promise<void> {
    let wait = WAIT_FIRST_MS;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.#step();
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.#ports.onError(error);
        await delay(wait, undefined, { signal, ref: false }).catch(() => undefined);
        wait = Math.min(wait * 2, WAIT_MAX_MS);
      }
    }
  }

  async #step(): Promise<void> {
    const { books, call, unsent, clear, onBegun } = this.#ports;
    const { withdrawn, proof } = books.book;
    if (withdrawn === 'handingOver' && proof) {
      await handOver({ call: call(), proof, unsent });
      // The proof has done its work; names, tokens and PINs go with it.
      await books.change({
        withdrawn: 'clearing',
        proof: null,
        people: [],
        endings: [],
        currentId: null,
      });
    }
    await clear();
    await books.change({ withdrawn: 'cleared', isTaken: false, serverId: null });
    await onBegun();
  }
}
