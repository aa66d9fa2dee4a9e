import type { OfflineDataSyncConfiguration } from '../../shared/desktop/settings.ts';
import { TallymanError } from '../../shared/errors.ts';

export type RetryPolicy = Pick<
  OfflineDataSyncConfiguration,
  'retryOnError' | 'retryIntervalInSeconds' | 'maxRetries' | 'backoffFactor' | 'maxBackoffSeconds'
>;

/** Each wait is lengthened by up to this share, so that laptops which failed together do not return together. */
const RETRY_JITTER = 0.2;
/** However long a server, or something in between, asks to be left alone. */
export const RETRY_AFTER_MAX_MS = 900_000;

/**
 * Milliseconds until a job that failed `attempts` times before is tried again; null if it is not. The server's
 * `Retry-After` is a lower bound.
 */
export function retryWait(
  policy: RetryPolicy,
  failure: { attempts: number; error: unknown },
  random: () => number,
): number | null {
  const { attempts, error } = failure;
  const retryable = error instanceof TallymanError && error.retryable;
  if (!policy.retryOnError || policy.retryIntervalInSeconds <= 0 || !retryable) return null;
  if (policy.maxRetries > 0 && attempts >= policy.maxRetries) return null;
  const wait = Math.min(
    policy.retryIntervalInSeconds * 1_000 * policy.backoffFactor ** attempts,
    longestBackoff(policy),
  );
  return Math.round(Math.max(wait, retryAfterOf(error)) * (1 + random() * RETRY_JITTER));
}

/** How long the server asked to be left alone; 0 if it did not. */
export function retryAfterOf(error: unknown): number {
  const asked = error instanceof TallymanError ? Number(error.details['retryAfterMs'] ?? 0) : 0;
  return asked > 0 ? Math.min(asked, RETRY_AFTER_MAX_MS) : 0;
}

/** No wait that was meant is longer; one that looks longer was reckoned by a clock that has been set since. */
export function longestWait(policy: RetryPolicy): number {
  return Math.max(longestBackoff(policy), RETRY_AFTER_MAX_MS) * (1 + RETRY_JITTER);
}

/** The back-off never makes a retry come sooner than the interval that a person chose. */
function longestBackoff(policy: RetryPolicy): number {
  return Math.max(policy.maxBackoffSeconds, policy.retryIntervalInSeconds) * 1_000;
}
