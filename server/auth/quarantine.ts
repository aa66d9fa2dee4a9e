import type { Kysely } from 'kysely';
import { TallymanError } from '../../shared/errors.ts';
import type { QuarantineInput, QuarantineOutput } from '../../shared/sync/auth-protocol.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { writePlainly } from '../store/write-plainly.ts';
import { unauthorized } from './auth-refusals.ts';
import { isSameHash, readRefreshToken } from './refresh-token.ts';
import type { TenantAuth } from './tenant-auth.ts';

/** Of one laptop: far above what people do in weeks without a network. A stolen one cannot fill the disk. */
const KEPT_MAX = 100_000;
const KEPT_LENGTH_MAX = 256 * 1024 * 1024;

/** Keeps what a revoked laptop could not send. Throws UNAUTHORIZED for any that is not revoked, or not what it says. */
export async function quarantine(
  { store, now }: TenantAuth,
  { refreshToken, deviceId, operations, done }: QuarantineInput,
): Promise<QuarantineOutput> {
  await proveRevoked(store.reader, refreshToken, deviceId);
  const at = now();
  return writePlainly(store, async (db) => {
    // Holding the laptop's row makes its calls one after the other, so that together they keep within the bounds.
    await db
      .updateTable('device')
      .set({ last_seen: at, ...(done ? { cleared_at: at } : {}) })
      .where('device_id', '=', deviceId)
      .execute();
    await assertRoom(db, deviceId, operations);
    for (const { operationId, personId, operation } of operations) {
      await db
        .insertInto('quarantine')
        .values({
          id: store.newId(),
          device_id: deviceId,
          person_id: personId,
          received_at: at,
          operation_id: operationId,
          operation,
        })
        .onConflict((conflict) => conflict.columns(['device_id', 'operation_id']).doNothing())
        .execute();
    }
    return { kept: operations.map(({ operationId }) => operationId) };
  });
}

/** Its session is over, so it is known by the last refresh token that it was given, and that is good for this alone. */
async function proveRevoked(
  db: Kysely<ServerDatabase>,
  refreshToken: string,
  deviceId: string,
): Promise<void> {
  const given = readRefreshToken(refreshToken);
  if (given === null) throw unauthorized();
  const session = await db
    .selectFrom('session')
    .innerJoin('device', 'device.device_id', 'session.device_id')
    .select(['token_hash', 'previous_hash'])
    .where('session_id', '=', given.sessionId)
    .where('session.device_id', '=', deviceId)
    .where('revoked_at', 'is not', null)
    .executeTakeFirst();
  if (session === undefined) throw unauthorized();
  const isKnown = [session.token_hash, session.previous_hash].some((hash) =>
    isSameHash(given.hash, hash),
  );
  if (!isKnown) throw unauthorized();
}

async function assertRoom(
  db: Kysely<ServerDatabase>,
  deviceId: string,
  operations: QuarantineInput['operations'],
): Promise<void> {
  const kept = await db
    .selectFrom('quarantine')
    .select((row) => [
      row.fn.countAll<number | string>().as('count'),
      row.fn.sum<number | string | null>(row.fn('length', ['operation'])).as('length'),
    ])
    .where('device_id', '=', deviceId)
    .executeTakeFirst();
  const length = operations.reduce((sum, { operation }) => sum + operation.length, 0);
  const isOver =
    Number(kept?.count ?? 0) + operations.length > KEPT_MAX ||
    Number(kept?.length ?? 0) + length > KEPT_LENGTH_MAX;
  if (isOver) {
    throw new TallymanError('TOO_LARGE', 'The server keeps no more of this laptop’s work.');
  }
}
