import pg from 'pg';
import { postgresConnection, type PostgresTarget } from './postgres-connection.ts';
import { translatePostgresError } from './postgres-error.ts';

/**
 * By a connection of its own, with which the lock ends: a transaction that stood idle for as long would be cut off, and held
 * up the clearing away of old rows. Null if somebody else holds it.
 */
export async function takeAdvisoryLock(
  target: PostgresTarget,
  name: string,
): Promise<{ release: () => Promise<void> } | null> {
  const client = new pg.Client(postgresConnection(target));
  // A connection that breaks has let go of the lock; what is done under it stays right if two do it.
  client.on('error', () => undefined);
  const release = (): Promise<void> => client.end().catch(() => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(
         hashtextextended(current_setting('search_path') || ' ' || $1, 0)) as taken`,
      [`held ${name}`],
    );
    if (rows[0]?.taken === true) return { release };
    await release();
    return null;
  } catch (error) {
    await release();
    throw translatePostgresError(error);
  }
}
