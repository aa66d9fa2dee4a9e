import type { AdminDevice } from '../../shared/sync/admin-protocol.ts';

/** What a laptop needs, the most pressing first. */
export type LaptopState =
  'cleared' | 'leaving' | 'silent' | 'attention' | 'failed' | 'behind' | 'fine';

/** A laptop that is used syncs many times a day. */
const BEHIND_AFTER_MS = 24 * 3_600_000;

export function healthOf({ revokedAt, clearedAt, health }: AdminDevice, now: number): LaptopState {
  if (clearedAt !== null) return 'cleared';
  if (revokedAt !== null) return 'leaving';
  if (!health) return 'silent';
  if (health.refused > 0 || health.conflicts > 0) return 'attention';
  if (health.lastOutcome === 'error') return 'failed';
  const oldest = Math.min(health.lastSyncAt ?? 0, health.oldestWaitingAt ?? now);
  return now - oldest > BEHIND_AFTER_MS ? 'behind' : 'fine';
}
