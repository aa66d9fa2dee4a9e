import pg from 'pg';
import { postgresConnection, type PostgresTarget } from '../engine/postgres-connection.ts';

/** Proves that the connection lives, and is the moment to read what may have been missed. */
const LOOK_INTERVAL_MS = 15_000;
const LOOK_TIMEOUT_MS = 10_000;
const RECONNECT_FIRST_MS = 500;
const RECONNECT_MAX_MS = 30_000;

export interface PostgresListener {
  close: () => Promise<void>;
}

export interface ListenOptions {
  target: PostgresTarget;
  /** From 0 to below 1. */
  random: () => number;
  setTimer: (ms: number, callback: () => void) => () => void;
  reportLoss: (error: Error) => void;
  /** A notification on the channel that is named as the schema. */
  payload: (text: string) => void;
  /** Notifications may have been missed before this. Also called now and then while all is well. */
  connected: () => void;
}

/** One connection that listens for as long as it is not closed, and is made anew whenever it breaks. */
export function listenOnPostgres(options: ListenOptions): PostgresListener {
  let client: pg.Client | null = null;
  let stopTimer: (() => void) | null = null;
  let failures = 0;
  let isClosed = false;

  const plan = (ms: number, work: () => Promise<void>): void => {
    stopTimer?.();
    stopTimer = isClosed ? null : options.setTimer(ms, () => void work());
  };
  const lost = (broken: pg.Client, error: Error): void => {
    if (client !== broken) return;
    client = null;
    broken.end().catch(() => undefined);
    if (isClosed) return;
    options.reportLoss(error);
    const wait = Math.min(RECONNECT_FIRST_MS * 2 ** failures++, RECONNECT_MAX_MS);
    plan(wait * (0.5 + options.random()), connect);
  };
  const look = async (): Promise<void> => {
    const asked = client;
    if (asked === null) return;
    try {
      await asked.query('select 1');
      options.connected();
      plan(LOOK_INTERVAL_MS, look);
    } catch (error) {
      lost(asked, error as Error);
    }
  };
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({
      ...postgresConnection(options.target),
      query_timeout: LOOK_TIMEOUT_MS,
    });
    client = fresh;
    fresh.on('error', (error) => lost(fresh, error));
    fresh.on('end', () => lost(fresh, new Error('the database closed the listening connection')));
    fresh.on('notification', ({ payload }) => options.payload(payload ?? ''));
    try {
      await fresh.connect();
      const { rows } = await fresh.query<{ channel: string }>(
        "select (parse_ident(current_setting('search_path')))[1] as channel",
      );
      await fresh.query(`listen ${pg.escapeIdentifier(String(rows[0]?.channel))}`);
      failures = 0;
      await look();
    } catch (error) {
      lost(fresh, error as Error);
    }
  };
  void connect();
  return {
    close: async () => {
      isClosed = true;
      stopTimer?.();
      const open = client;
      client = null;
      await open?.end().catch(() => undefined);
    },
  };
}
