import type { Kysely } from 'kysely';
import type { StoreLocation } from '../engine/open-engine.ts';
import type { ServerDatabase } from '../server-database.ts';
import { listenOnPostgres } from './postgres-listener.ts';
import { PostgresVersionFeed } from './postgres-version-feed.ts';
import { SqliteVersionFeed } from './sqlite-version-feed.ts';
import type { VersionFeed } from './version-feed.ts';

export interface OpenVersionFeedOptions extends StoreLocation {
  writer: Kysely<ServerDatabase>;
  reader: Kysely<ServerDatabase>;
  random: () => number;
  reportLoss?: ((error: Error) => void) | undefined;
}

/** By the engine of the store. Close it before the store's connections. */
export function openVersionFeed(options: OpenVersionFeedOptions): VersionFeed {
  const { writer, reader, database, schema, random, reportLoss = () => undefined } = options;
  if (database === undefined) return new SqliteVersionFeed({ reader, setTimer });
  const target = { url: database, schema };
  return new PostgresVersionFeed({
    writer,
    reader,
    setTimer,
    listen: (on) => listenOnPostgres({ target, random, setTimer, reportLoss, ...on }),
  });
}

function setTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
