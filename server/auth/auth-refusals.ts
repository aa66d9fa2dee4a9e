import { TallymanError } from '../../shared/errors.ts';

/** One sentence for each, whatever the reason was: a stranger learns nothing from it. */

export function unauthorized(): TallymanError {
  return new TallymanError('UNAUTHORIZED', 'Sign in first.');
}

export function signInFailed(): TallymanError {
  return new TallymanError('SIGN_IN_FAILED', 'The name or the password is wrong.');
}

export function sessionEnded(): TallymanError {
  return new TallymanError('SESSION_ENDED', 'This session has ended. Sign in again.');
}

export function deviceRevoked(): TallymanError {
  return new TallymanError('DEVICE_REVOKED', 'This laptop may not use this server any more.');
}

export function tooManyAttempts(retryAfterMs: number): TallymanError {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  return new TallymanError(
    'TOO_MANY_REQUESTS',
    `Too many wrong passwords. Try again in ${seconds} s.`,
    { details: { retryAfterMs } },
  );
}
