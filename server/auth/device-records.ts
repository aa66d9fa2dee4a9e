import type { Transaction } from 'kysely';
import type { DeviceIntroduction } from '../../shared/sync/auth-protocol.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { deviceRevoked } from './auth-refusals.ts';

export interface SeenBy {
  personId: string;
  at: number;
}

/** The laptop is known from now on, and that the person works on it. Throws DEVICE_REVOKED. */
export async function enrolDevice(
  db: Transaction<ServerDatabase>,
  device: DeviceIntroduction,
  { personId, at }: SeenBy,
): Promise<void> {
  const seen = seenValues(device, { personId, at });
  const enrolled = await db
    .insertInto('device')
    .values({ device_id: device.id, enrolled_at: at, enrolled_by: personId, ...seen })
    .onConflict((conflict) =>
      conflict.column('device_id').doUpdateSet(seen).where('device.revoked_at', 'is', null),
    )
    .returning('device_id')
    .executeTakeFirst();
  if (enrolled === undefined) throw deviceRevoked();
  await db
    .insertInto('device_person')
    .values({ device_id: device.id, person_id: personId, first_at: at })
    .onConflict((conflict) => conflict.columns(['device_id', 'person_id']).doNothing())
    .execute();
}

/** Of a laptop that has been enrolled. Its row is held until the transaction ends. Throws DEVICE_REVOKED. */
export async function noteSeen(
  db: Transaction<ServerDatabase>,
  device: DeviceIntroduction,
  seenBy: SeenBy,
): Promise<void> {
  const noted = await db
    .updateTable('device')
    .set(seenValues(device, seenBy))
    .where('device_id', '=', device.id)
    .where('revoked_at', 'is', null)
    .returning('device_id')
    .executeTakeFirst();
  if (noted === undefined) throw deviceRevoked();
}

function seenValues(
  { name, platform, appVersion }: DeviceIntroduction,
  { personId, at }: SeenBy,
): {
  name: string;
  platform: string;
  app_version: string;
  last_seen: number;
  last_person_id: string;
} {
  return { name, platform, app_version: appVersion, last_seen: at, last_person_id: personId };
}
