import type { Kysely } from 'kysely';
import { TallymanError } from '../../shared/errors.ts';
import type { AdminDevice } from '../../shared/sync/admin-protocol.ts';
import type { DeviceHealth } from '../../shared/sync/auth-protocol.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { writePlainly } from '../store/write-plainly.ts';
import { audit } from './audit.ts';
import { endSessions } from './end-sessions.ts';
import type { DoneBy } from './people.ts';
import type { TenantAuth } from './tenant-auth.ts';

/** Those that were seen last. */
const DEVICES_LISTED_MAX = 10_000;

export async function listDevices(db: Kysely<ServerDatabase>): Promise<readonly AdminDevice[]> {
  const devices = await db
    .selectFrom('device')
    .leftJoin('person', 'person.id', 'device.last_person_id')
    .selectAll('device')
    .select('person.name as person_name')
    .orderBy('last_seen', 'desc')
    .orderBy('device_id')
    .limit(DEVICES_LISTED_MAX)
    .execute();
  const quarantined = new Map(
    (
      await db
        .selectFrom('quarantine')
        .select((row) => ['device_id', row.fn.countAll<number | string>().as('count')])
        .groupBy('device_id')
        .execute()
    ).map(({ device_id, count }) => [device_id, Number(count)]),
  );
  return devices.map((device) => ({
    id: device.device_id,
    name: device.name,
    platform: device.platform,
    appVersion: device.app_version,
    enrolledAt: device.enrolled_at,
    lastSeen: device.last_seen,
    lastPerson:
      device.last_person_id === null
        ? null
        : { id: device.last_person_id, name: device.person_name ?? '' },
    revokedAt: device.revoked_at,
    clearedAt: device.cleared_at,
    health:
      device.health === null || device.health_at === null
        ? null
        : { ...(JSON.parse(device.health) as DeviceHealth), at: device.health_at },
    quarantined: quarantined.get(device.device_id) ?? 0,
  }));
}

/** Ends all sessions on the laptop for good. It may still hand over what it could not send, and clears itself. */
export async function revokeDevice(auth: TenantAuth, id: string, by: DoneBy = {}): Promise<void> {
  const at = auth.now();
  await writePlainly(auth.store, async (db) => {
    const device = await db
      .updateTable('device')
      .set((row) => ({
        revoked_at: row.fn.coalesce('revoked_at', row.val(at)),
        revoked_by: row.fn.coalesce('revoked_by', row.val(by.personId ?? null)),
      }))
      .where('device_id', '=', id)
      .returning('device_id')
      .executeTakeFirst();
    if (device === undefined) throw new TallymanError('NOT_FOUND', 'There is no such laptop.');
    await endSessions(db, { at, reason: 'revoked', deviceId: id });
    await audit(auth.store, db, [
      { at, action: 'device.revoke', ...by, subject: id, outcome: 'done' },
    ]);
  });
  auth.actors.forget();
}
