import type { Logger } from 'pino';
import type { NamedLock } from '../../store/take-named-lock.ts';
import type { ServerStore } from '../../store/open-store.ts';
import { compactStore } from './compact-store.ts';
import { lastMarkedAt } from './version-marks.ts';

/** A little less than a day, so that it does not wander through the day. */
const AFTER_MS = 23 * 60 * 60 * 1_000;
const LOOK_EVERY_MS = 30 * 60 * 1_000;
/** A server that has just started has better things to do, and so have its fellows that started with it. */
const FIRST_LOOK_MS = 5 * 60 * 1_000;

export interface CompactionPorts {
  store: ServerStore;
  logger: Logger;
  now: () => number;
  setTimer: (ms: number, callback: () => void) => () => void;
  /** One of all processes does it. */
  takeLock: () => Promise<NamedLock | null>;
}

/** Cleans an organisation's store up once a day, in one of all processes that serve it. */
export class DailyCompaction {
  readonly #ports: CompactionPorts;
  readonly #closing = new AbortController();
  #stopTimer: () => void = () => undefined;
  #look: Promise<void> = Promise.resolve();

  constructor(ports: CompactionPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#lookIn(FIRST_LOOK_MS);
  }

  /** Ends what is under way; the next look does the rest. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#stopTimer();
    await this.#look;
  }

  #lookIn(ms: number): void {
    if (this.#closing.signal.aborted) return;
    this.#stopTimer = this.#ports.setTimer(ms, () => {
      this.#look = this.compactIfDue()
        .catch((error: unknown) => {
          if (this.#closing.signal.aborted) return;
          this.#ports.logger.error({ err: error }, 'the store could not be cleaned up');
        })
        .finally(() => this.#lookIn(LOOK_EVERY_MS));
    });
  }

  /** Nothing happens if it was done less than a day ago, or if another process does it. */
  async compactIfDue(): Promise<void> {
    const { store, now, logger, takeLock } = this.#ports;
    if (!(await this.#isDue())) return;
    const lock = await takeLock();
    if (lock === null) return;
    try {
      // Another process may have done it since.
      if (!(await this.#isDue())) return;
      const { signal } = this.#closing;
      logger.info(await compactStore(store, { now: now(), signal }), 'store cleaned up');
    } finally {
      await lock.release();
    }
  }

  async #isDue(): Promise<boolean> {
    const last = await lastMarkedAt(this.#ports.store);
    // A clock that was set back must not keep it for ever.
    return last === null || Math.abs(this.#ports.now() - last) >= AFTER_MS;
  }
}
