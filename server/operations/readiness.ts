import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { missingMigrations } from '../store/migrate.ts';
import type { ServerStore } from '../store/open-store.ts';

/** A database that needs longer for the least of questions cannot be worked with. */
const ANSWER_MAX_MS = 2_000;

export type Unready = 'stopping' | 'database' | 'migrations';

/** Whether this process should be given requests: what a balancer asks it. */
export class Readiness {
  #isStopping = false;

  /** From now on a balancer sends its requests elsewhere. */
  stop(): void {
    this.#isStopping = true;
  }

  /** Null if it is ready. */
  async check({ reader }: Pick<ServerStore, 'reader'>): Promise<Unready | null> {
    if (this.#isStopping) return 'stopping';
    const enough = new AbortController();
    const asked = ask(reader).catch(() => 'database' as const);
    const late = sleep(ANSWER_MAX_MS, 'database' as const, { signal: enough.signal }).catch(
      () => null,
    );
    try {
      return await Promise.race([asked, late]);
    } finally {
      enough.abort();
    }
  }
}

async function ask(reader: ServerStore['reader']): Promise<Unready | null> {
  await sql`select 1`.execute(reader);
  return (await missingMigrations(reader)).length > 0 ? 'migrations' : null;
}
