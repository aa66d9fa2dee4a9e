import { type Kysely, sql } from 'kysely';
import type { ServerDatabase } from '../server-database.ts';
import { readVersions } from './read-versions.ts';
import { LocalFeed } from './version-feed.ts';

/** Other processes write rarely: imports by the command line. While nobody listens nothing is looked at. */
const LOOK_INTERVAL_MS = 1_000;

export interface SqliteFeedOptions {
  reader: Kysely<ServerDatabase>;
  setTimer: (ms: number, callback: () => void) => () => void;
}

/** SQLite tells other processes nothing, but says in a microsecond whether the file has changed since it was asked last. */
export class SqliteVersionFeed extends LocalFeed {
  readonly #options: SqliteFeedOptions;
  #stopTimer: (() => void) | null = null;
  #dataVersion: number | null = null;
  #looking: Promise<void> = Promise.resolve();

  constructor(options: SqliteFeedOptions) {
    super();
    this.#options = options;
  }

  async close(): Promise<void> {
    this.stopWatching();
    await this.#looking;
  }

  protected startWatching(): void {
    this.#stopTimer = this.#options.setTimer(LOOK_INTERVAL_MS, () => {
      this.#looking = this.#look();
    });
  }

  protected stopWatching(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
  }

  protected tellOthers(): void {
    // They look for themselves.
  }

  async #look(): Promise<void> {
    try {
      const dataVersion = await this.#readDataVersion();
      if (dataVersion !== this.#dataVersion) {
        this.emit(await readVersions(this.#options.reader));
        this.#dataVersion = dataVersion;
      }
    } catch {
      // What keeps it from being read is met and told by every request; the next look tries again.
    }
    if (this.#stopTimer !== null) this.startWatching();
  }

  async #readDataVersion(): Promise<number | null> {
    const { rows } = await sql<{
      data_version: number;
    }>`pragma data_version`.execute(this.#options.reader);
    return rows[0]?.data_version ?? null;
  }
}
