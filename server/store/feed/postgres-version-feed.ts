import { type Kysely, sql } from 'kysely';
import { type Scope, scopeField } from '../../../shared/sync/scope.ts';
import { z } from 'zod';
import type { ServerDatabase } from '../server-database.ts';
import type { PostgresListener } from './postgres-listener.ts';
import { readVersions } from './read-versions.ts';
import { LocalFeed, type ScopeVersions } from './version-feed.ts';

/** A burst of commits is one notification. */
const GATHER_MS = 50;
/** Each takes at most 65 bytes, and PostgreSQL carries less than 8,000 at once. */
const SCOPES_PER_PAYLOAD = 100;

const payloadField = z.array(z.tuple([scopeField, z.int().min(0)]));

export interface PostgresFeedOptions {
  writer: Kysely<ServerDatabase>;
  reader: Kysely<ServerDatabase>;
  /** A connection of its own that hears what is notified. */
  listen: (on: { payload: (text: string) => void; connected: () => void }) => PostgresListener;
  setTimer: (ms: number, callback: () => void) => () => void;
}

/**
 * Processes tell each other by NOTIFY, after their commits and gathered. Within the writing transaction it would be told with
 * the commit, but then commits of all organisations of the database wait for one lock. What is lost when a process dies in
 * between, or while the listening connection is away, is read from the scopes themselves.
 */
export class PostgresVersionFeed extends LocalFeed {
  readonly #options: PostgresFeedOptions;
  readonly #waiting = new Map<Scope, number>();
  #listener: PostgresListener | null = null;
  #stopTimer: (() => void) | null = null;
  #telling: Promise<void> = Promise.resolve();
  #ending: Promise<void> = Promise.resolve();

  constructor(options: PostgresFeedOptions) {
    super();
    this.#options = options;
  }

  async close(): Promise<void> {
    this.stopWatching();
    this.#stopTimer?.();
    this.#tellWaiting();
    await this.#telling;
    await this.#ending;
  }

  protected startWatching(): void {
    this.#listener = this.#options.listen({
      payload: (text) => this.#heard(text),
      connected: () => void this.#readAnew(),
    });
  }

  protected stopWatching(): void {
    const listener = this.#listener;
    this.#listener = null;
    if (listener)
      this.#ending = Promise.all([this.#ending, listener.close()]).then(() => undefined);
  }

  protected tellOthers(versions: ScopeVersions): void {
    for (const [scope, version] of versions) {
      this.#waiting.set(scope, Math.max(version, this.#waiting.get(scope) ?? 0));
    }
    this.#stopTimer ??= this.#options.setTimer(GATHER_MS, () => this.#tellWaiting());
  }

  #tellWaiting(): void {
    this.#stopTimer = null;
    const entries = [...this.#waiting];
    this.#waiting.clear();
    for (let from = 0; from < entries.length; from += SCOPES_PER_PAYLOAD) {
      const payload = JSON.stringify(entries.slice(from, from + SCOPES_PER_PAYLOAD));
      this.#telling = this.#telling.then(() => this.#notify(payload));
    }
  }

  async #notify(payload: string): Promise<void> {
    try {
      await sql`select pg_notify((parse_ident(current_setting('search_path')))[1], ${payload})`.execute(
        this.#options.writer,
      );
    } catch {
      // The others read the scopes themselves now and then, and laptops ask by their timer.
    }
  }

  #heard(text: string): void {
    const parsed = payloadField.safeParse(parsedJson(text));
    if (parsed.success) this.emit(new Map(parsed.data));
  }

  async #readAnew(): Promise<void> {
    try {
      this.emit(await readVersions(this.#options.reader));
    } catch {
      // The listener asks for it again.
    }
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
