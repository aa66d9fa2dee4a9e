import type { News } from '../../../shared/sync/poke-protocol.ts';
import type { PullInput, PullOutput } from '../../../shared/sync/protocol.ts';
import type { Scope } from '../../../shared/sync/scope.ts';
import type { SyncServer } from '../sync-server.ts';

/** A run follows a poke at once. One that comes later asks the server, which may know more. */
const NEWS_FRESH_MS = 5_000;
/** Scopes of which something may wait; each has one answer at most. */
const SCOPES_MAX = 64;

export interface HeardNewsOptions {
  /** Of this process; milliseconds. */
  steady: () => number;
  /** The newest of this laptop's operations that the server has answered. */
  lastAnswered: () => number;
}

interface Heard {
  news: News;
  /** Under which the line was asked for: the answer counts the operations of this laptop and no other. */
  deviceId: string;
  at: number;
}

/**
 * Answers that came with pokes, before anybody asked. They go the way of every other answer: a run begins, puts its question,
 * and is given what is here already. Whatever does not fit exactly is asked for over the network.
 */
export class HeardNews {
  readonly #options: HeardNewsOptions;
  readonly #heard = new Map<Scope, Heard>();

  constructor(options: HeardNewsOptions) {
    this.#options = options;
  }

  hear(news: News, deviceId: string): void {
    this.#heard.delete(news.scope);
    this.#heard.set(news.scope, { news, deviceId, at: this.#options.steady() });
    const [oldest] = this.#heard.keys();
    if (this.#heard.size > SCOPES_MAX && oldest !== undefined) this.#heard.delete(oldest);
  }

  forget(): void {
    this.#heard.clear();
  }

  /** Takes the answer to exactly this question; null if it has to be asked. */
  take({ cursors, deviceId, serverId }: PullInput): PullOutput | null {
    const [cursor] = cursors;
    if (cursor === undefined || cursors.length > 1) return null;
    const heard = this.#heard.get(cursor.scope);
    this.#heard.delete(cursor.scope);
    if (heard === undefined || heard.deviceId !== deviceId) return null;
    if (this.#options.steady() - heard.at > NEWS_FRESH_MS) return null;
    const { from, answer } = heard.news;
    if (serverId !== null && answer.serverId !== serverId) return null;
    // It was given before the server took what this laptop has sent since: that would look as if it were lost.
    if (answer.lastNumber < this.#options.lastAnswered()) return null;
    if (cursor.version !== from || cursor.after !== null) return null;
    const [page] = answer.scopes;
    return page?.kind === 'page' && page.epoch === cursor.epoch ? answer : null;
  }
}

/** The server, which is not asked for what it has said already. */
export function serverWithNews<TServer extends Pick<SyncServer, 'pull'>>(
  server: TServer,
  news: HeardNews,
): TServer {
  return {
    ...server,
    pull: async (input, signal) => news.take(input) ?? server.pull(input, signal),
  };
}
