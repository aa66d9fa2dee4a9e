import type { Kysely } from 'kysely';
import type { ServerDatabase } from '../../store/server-database.ts';

/** The number of a laptop's newest operation that has an outcome; 0 if it has sent none. */
export async function lastNumberOf(db: Kysely<ServerDatabase>, deviceId: string): Promise<number> {
  const device = await db
    .selectFrom('sync_device')
    .select('last_number')
    .where('device_id', '=', deviceId)
    .executeTakeFirst();
  return device?.last_number ?? 0;
}

export interface SeenDevice {
  deviceId: string;
  lastNumber: number;
  protocol: number;
  at: number;
}

export async function recordDevice(
  db: Kysely<ServerDatabase>,
  { deviceId, lastNumber, protocol, at }: SeenDevice,
): Promise<void> {
  const seen = { last_number: lastNumber, protocol, last_seen: at };
  await db
    .insertInto('sync_device')
    .values({ device_id: deviceId, first_seen: at, ...seen })
    .onConflict((conflict) => conflict.column('device_id').doUpdateSet(seen))
    .execute();
}
