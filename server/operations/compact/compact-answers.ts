import { PUSH_OPERATIONS_MAX } from '../../../shared/sync/operation.ts';
import type { ServerStore } from '../../store/open-store.ts';
import type { Pause } from './pause.ts';

/**
 * A laptop has at most two requests out whose answers it has not filed. Twice as many of its newest answers are kept
 * for good, however old they are, so that whatever it may ask again has its answer.
 */
export const ANSWERS_KEPT = 4 * PUSH_OPERATIONS_MAX;

const DEVICES_PER_PAGE = 500;
const NUMBERS_PER_STEP = 5_000;

/** Forgets old answers, a laptop at a time. Returns how many. */
export async function compactAnswers(
  store: ServerStore,
  { before, pause }: { before: number; pause: Pause },
): Promise<number> {
  let removed = 0;
  for (let afterId = ''; ;) {
    const devices = await store.reader
      .selectFrom('sync_device')
      .select(['device_id', 'last_number'])
      .where('device_id', '>', afterId)
      .orderBy('device_id')
      .limit(DEVICES_PER_PAGE)
      .execute();
    for (const { device_id: deviceId, last_number: last } of devices) {
      removed += await compactDevice(store, { deviceId, upTo: last - ANSWERS_KEPT, before, pause });
    }
    const end = devices.at(-1);
    if (end === undefined) return removed;
    afterId = end.device_id;
    await pause();
  }
}

/** Numbers rise with time, so it is over at the first step that leaves something. */
async function compactDevice(
  store: ServerStore,
  {
    deviceId,
    upTo,
    before,
    pause,
  }: { deviceId: string; upTo: number; before: number; pause: Pause },
): Promise<number> {
  let removed = 0;
  while (upTo > 0) {
    const oldest = await store.reader
      .selectFrom('sync_mutation')
      .select(['number', 'answered_at'])
      .where('device_id', '=', deviceId)
      .orderBy('number')
      .limit(1)
      .executeTakeFirst();
    if (oldest === undefined || oldest.number > upTo || oldest.answered_at >= before) break;
    const { numDeletedRows } = await store.writer
      .deleteFrom('sync_mutation')
      .where('device_id', '=', deviceId)
      .where('number', '<=', Math.min(upTo, oldest.number + NUMBERS_PER_STEP - 1))
      .where('answered_at', '<', before)
      .executeTakeFirstOrThrow();
    removed += Number(numDeletedRows);
    await pause();
  }
  return removed;
}
