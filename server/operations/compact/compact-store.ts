import { removeOldAudit } from '../../auth/audit-removal.ts';
import type { ServerStore } from '../../store/open-store.ts';
import { compactAnswers } from './compact-answers.ts';
import { compactSessions } from './compact-sessions.ts';
import { compactTombstones } from './compact-tombstones.ts';
import { pauseUntil } from './pause.ts';
import { ANSWER_DAYS, daysAgo, SESSION_DAYS, TOMBSTONE_DAYS } from './retention.ts';
import { markVersions } from './version-marks.ts';

/** Lines and rows that went. */
export interface Compacted {
  tombstones: number;
  answers: number;
  sessions: number;
  audit: number;
}

export interface CompactOptions {
  now: number;
  /** Of tombstones. */
  olderThanDays?: number | undefined;
  signal: AbortSignal;
}

/** Forgets what nobody needs any more, in steps that hold nobody up. Can be stopped at any moment and done again. */
export async function compactStore(
  store: ServerStore,
  { now, olderThanDays = TOMBSTONE_DAYS, signal }: CompactOptions,
): Promise<Compacted> {
  const pause = pauseUntil(signal);
  const before = daysAgo(now, olderThanDays);
  const compacted = {
    tombstones: await compactTombstones(store, { before, now, pause }),
    answers: await compactAnswers(store, { before: daysAgo(now, ANSWER_DAYS), pause }),
    sessions: await compactSessions(store, { before: daysAgo(now, SESSION_DAYS), pause }),
    audit: await removeOldAudit(store, now),
  };
  // Last, because it says that all this was done.
  await markVersions(store, { now, before: daysAgo(now, TOMBSTONE_DAYS) });
  return compacted;
}
