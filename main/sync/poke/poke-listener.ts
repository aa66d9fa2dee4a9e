import { type ErrorCode, TallymanError } from '../../../shared/errors.ts';
import type { PokeEvent, PokeInput } from '../../../shared/sync/poke-protocol.ts';
import { retryAfterOf } from '../retry-wait.ts';
import type { LineEvent, PokeServer } from './poke-server.ts';

/** The first wait is a random part of this, each further one of twice as much. */
const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 5 * 60_000;
/** A line that held so long was well: the next that breaks is a first one again. */
const HEALTHY_MS = 60_000;
/** The server tells the present versions at once. What keeps them back for longer keeps back everything, as some proxies do. */
const FIRST_EVENT_MAX_MS = 10_000;
/** There are no pokes to be had here, which will not have changed in a minute. The timer goes on at its own pace. */
const UNAVAILABLE_MS = 10 * 60_000;
const UNAVAILABLE: ReadonlySet<ErrorCode> = new Set([
  'NOT_FOUND',
  'BAD_INPUT',
  'NOT_TALLYMAN',
  'UPGRADE_REQUIRED',
]);

export type NewVersions = Extract<PokeEvent, { kind: 'versions' }>;

export interface PokeTarget {
  url: string;
  input: PokeInput;
}

export interface PokeListenerOptions {
  connect: (url: string) => Promise<PokeServer>;
  now: () => number;
  /** In [0, 1). */
  random: () => number;
  /** Resolves after `ms`, or when it is aborted. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** `isFirst`: the present versions, at the beginning of a line. `deviceId`: in whose name it was asked for. */
  onVersions: (event: NewVersions, line: { isFirst: boolean; deviceId: string }) => void;
  onLive: (isLive: boolean) => void;
}

/** Keeps a line to the server for as long as there is something to listen to, and makes it anew when it breaks. */
export class PokeListener {
  readonly #options: PokeListenerOptions;
  #target: PokeTarget | null = null;
  #stop: AbortController | null = null;
  #kept: Promise<void> = Promise.resolve();
  #failures = 0;
  #isLive = false;

  constructor(options: PokeListenerOptions) {
    this.#options = options;
  }

  /** Null: nothing to listen to. The same as before changes nothing. */
  aim(target: PokeTarget | null): void {
    if (JSON.stringify(target) === JSON.stringify(this.#target)) return;
    this.#target = target;
    this.#failures = 0;
    this.#restart();
  }

  /** The line may be dead without having said so, as after sleep: a new one at once. */
  renew(): void {
    this.#failures = 0;
    this.#restart();
  }

  /** What was heard led to nothing. Hearing it again after a while, ever longer, is a reason to try again. */
  doubt(): void {
    this.#restart(this.#nextWait());
  }

  async close(): Promise<void> {
    this.#target = null;
    this.#restart();
    await this.#kept;
  }

  #restart(waitMs = 0): void {
    this.#stop?.abort();
    this.#stop = null;
    this.#live(false);
    const target = this.#target;
    if (target === null) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#kept = Promise.all([this.#kept, this.#keep(target, stop.signal, waitMs)]).then(
      () => undefined,
    );
  }

  async #keep(target: PokeTarget, signal: AbortSignal, firstWaitMs: number): Promise<void> {
    for (let waitMs = firstWaitMs; !signal.aborted;) {
      if (waitMs > 0) await this.#options.sleep(waitMs, signal);
      if (signal.aborted) return;
      waitMs = await this.#listenOnce(target, signal);
      if (!signal.aborted) this.#live(false);
    }
  }

  /** Until the line ends. Returns how long to wait before the next. */
  async #listenOnce({ url, input }: PokeTarget, signal: AbortSignal): Promise<number> {
    const { now, random, connect } = this.#options;
    const startedAt = now();
    let server: PokeServer | null = null;
    try {
      server = await connect(url);
      const goodbye = await this.#hear(server, input, signal);
      if (goodbye !== null) return random() * goodbye.spreadMs;
    } catch (error) {
      if (error instanceof TallymanError && UNAVAILABLE.has(error.code)) {
        return UNAVAILABLE_MS * (0.5 + random());
      }
      return Math.max(retryAfterOf(error) * (1 + random()), this.#nextWait());
    } finally {
      if (now() - startedAt > HEALTHY_MS) this.#failures = 0;
      await server?.close();
    }
    return this.#nextWait();
  }

  async #hear(
    server: PokeServer,
    input: PokeInput,
    signal: AbortSignal,
  ): Promise<Extract<PokeEvent, { kind: 'goodbye' }> | null> {
    const giveUp = new AbortController();
    const silence = setTimeout(() => giveUp.abort(), FIRST_EVENT_MAX_MS);
    try {
      const events: AsyncIterable<LineEvent> = server.listen(
        input,
        AbortSignal.any([signal, giveUp.signal]),
      );
      for await (const event of events) {
        if (signal.aborted) return null;
        if (event.kind === 'goodbye') return event;
        if (event.kind !== 'versions') continue;
        clearTimeout(silence);
        const isFirst = !this.#isLive;
        this.#live(true);
        this.#options.onVersions(event, { isFirst, deviceId: input.deviceId });
      }
      return null;
    } catch (error) {
      if (!giveUp.signal.aborted) throw error;
      throw new TallymanError('NOT_TALLYMAN', 'Something keeps back what the server tells.', {
        cause: error,
      });
    } finally {
      clearTimeout(silence);
    }
  }

  #nextWait(): number {
    const longest = Math.min(RETRY_FIRST_MS * 2 ** this.#failures, RETRY_MAX_MS);
    this.#failures += 1;
    return longest * this.#options.random();
  }

  #live(isLive: boolean): void {
    if (isLive === this.#isLive) return;
    this.#isLive = isLive;
    this.#options.onLive(isLive);
  }
}
