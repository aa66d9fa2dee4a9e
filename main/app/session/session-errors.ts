import { TallymanError } from '../../../shared/errors.ts';

export function isWithdrawn(): TallymanError {
  return new TallymanError(
    'DEVICE_REVOKED',
    'This laptop was withdrawn. Its work is being handed over; then it can be signed in to anew.',
  );
}

export function leaseEnded(cause: unknown): TallymanError {
  return new TallymanError(
    'LEASE_ENDED',
    'This laptop has not heard from the server for too long. Connect it, then unlock it again; all work is kept.',
    { cause },
  );
}

/** The tokens of this laptop are another server's. */
export function otherServer(): TallymanError {
  return new TallymanError(
    'SERVER_REPLACED',
    'This is not the server that people of this laptop sign in to. Nothing was changed.',
  );
}

export function nobodyHere(): TallymanError {
  return new TallymanError('UNAUTHORIZED', 'Sign in first.');
}
