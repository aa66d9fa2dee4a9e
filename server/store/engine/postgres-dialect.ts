import { PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { PoolUse } from './pool-use.ts';
import {
  postgresConnection,
  type PostgresTarget,
  type SessionSettings,
} from './postgres-connection.ts';
import { translatePostgresError } from './postgres-error.ts';

export type PostgresRole = 'write' | 'read' | 'slowRead';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

interface RoleLimits {
  connectionsMax: number;
  statementMs: number;
  /** Waiting for what another transaction has locked: shorter than a laptop waits for its answer. */
  lockMs: number;
  /** Of a process that stands still within a transaction. */
  idleInTransactionMs: number;
}

/**
 * Per process and organisation. Writers of one scope wait for each other anyway, so a few connections are enough; a database
 * takes 100 in all unless it was told otherwise.
 */
const LIMITS: Readonly<Record<PostgresRole, RoleLimits>> = {
  write: {
    connectionsMax: 4,
    statementMs: MINUTE_MS,
    lockMs: 20 * SECOND_MS,
    idleInTransactionMs: MINUTE_MS,
  },
  read: {
    connectionsMax: 6,
    statementMs: 30 * SECOND_MS,
    lockMs: 5 * SECOND_MS,
    idleInTransactionMs: MINUTE_MS,
  },
  // Read step by step over seconds; a snapshot of millions of rows takes minutes.
  slowRead: {
    connectionsMax: 2,
    statementMs: 2 * MINUTE_MS,
    lockMs: 5 * SECOND_MS,
    idleInTransactionMs: 10 * MINUTE_MS,
  },
};

/** Connections that nobody needs are closed. */
const IDLE_CONNECTION_MS = 30 * SECOND_MS;
/** Work that is under way when the store is closed is given this long; then its connection is cut, which rolls it back. */
const CLOSE_GRACE_MS = 2 * SECOND_MS;

export interface PostgresEngine {
  dialect: PostgresDialect;
  poolUse: () => PoolUse;
  close: () => Promise<void>;
}

/** A pool of connections. Nothing is connected before it is needed. */
export function openPostgres(
  target: PostgresTarget,
  role: PostgresRole,
  reportLoss: (error: Error) => void,
): PostgresEngine {
  const { connectionsMax, statementMs, lockMs, idleInTransactionMs } = LIMITS[role];
  const pool = new pg.Pool({
    ...postgresConnection(target, isolationOf(role)),
    max: connectionsMax,
    idleTimeoutMillis: IDLE_CONNECTION_MS,
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
  });
  // A connection that breaks tells so by an event, at work or not; unheard, it would end the process.
  pool.on('error', reportLoss);
  const clients = new Set<pg.PoolClient>();
  pool.on('connect', (client) => {
    clients.add(client);
    client.on('error', reportLoss);
  });
  pool.on('remove', (client) => clients.delete(client));
  return {
    dialect: new PostgresDialect({ pool: guarded(pool) }),
    poolUse: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => closePool(pool, clients),
  };
}

/** A read transaction is a snapshot; a write transaction sees what others committed before it took its locks. */
function isolationOf(role: PostgresRole): SessionSettings {
  if (role === 'write') return { default_transaction_isolation: 'read committed' };
  return {
    default_transaction_isolation: 'repeatable read',
    default_transaction_read_only: 'on',
  };
}

/** The pool with our errors. */
function guarded(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => guardedClient(await translating(pool.connect())),
  };
}

function guardedClient(client: pg.PoolClient): PostgresPoolClient {
  const query = (text: string, parameters: readonly unknown[]): Promise<unknown> =>
    translating(client.query(text, [...parameters]));
  return {
    // Kysely's other form takes a cursor, which nobody here opens.
    query: query as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy),
  };
}

async function translating<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw translatePostgresError(error);
  }
}

async function closePool(pool: pg.Pool, clients: ReadonlySet<pg.PoolClient>): Promise<void> {
  const cut = setTimeout(() => {
    for (const client of clients) cutOff(client);
  }, CLOSE_GRACE_MS);
  try {
    await pool.end();
  } finally {
    clearTimeout(cut);
  }
}

function cutOff(client: pg.PoolClient): void {
  const { connection } = client as unknown as { connection: { stream: { destroy: () => void } } };
  connection.stream.destroy();
}
