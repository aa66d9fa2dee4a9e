import type { ServerStore } from '../../store/open-store.ts';
import type { Pause } from './pause.ts';

const SESSIONS_PER_STEP = 1_000;

/**
 * Forgets sessions that ended long ago, by themselves or by somebody. Those of a laptop that was revoked and has not cleared
 * itself stay: by its last token it may still deliver its work into quarantine. Returns how many.
 */
export async function compactSessions(
  store: ServerStore,
  { before, pause }: { before: number; pause: Pause },
): Promise<number> {
  let removed = 0;
  for (;;) {
    const { numDeletedRows } = await store.writer
      .deleteFrom('session')
      .where('session_id', 'in', (query) =>
        query
          .selectFrom('session as old')
          .select('old.session_id')
          .where((old) =>
            old.or([
              old('ended_at', '<', before),
              old('expires_at', '<', before),
              old('ends_at', '<', before),
            ]),
          )
          .where((old) =>
            old.not(
              old.exists(
                old
                  .selectFrom('device')
                  .select('device.device_id')
                  .whereRef('device.device_id', '=', 'old.device_id')
                  .where('revoked_at', 'is not', null)
                  .where('cleared_at', 'is', null),
              ),
            ),
          )
          .limit(SESSIONS_PER_STEP),
      )
      .executeTakeFirstOrThrow();
    removed += Number(numDeletedRows);
    if (Number(numDeletedRows) < SESSIONS_PER_STEP) return removed;
    await pause();
  }
}
