import { z } from 'zod';
import { PASSWORD_LENGTH_MAX, type Role } from '../sync/auth-protocol.ts';

/** Who uses this laptop. Times are UTC epoch milliseconds. */

/** People who have signed in on one laptop: those who came last. */
export const KNOWN_PEOPLE_MAX = 50;

export const PIN_LENGTH_MIN = 4;
export const PIN_LENGTH_MAX = 12;

const pinField = z.string().regex(new RegExp(`^\\d{${PIN_LENGTH_MIN},${PIN_LENGTH_MAX}}$`));

/** Somebody who has signed in on this laptop and may come back with a PIN, without a network. */
export interface KnownPerson {
  id: string;
  name: string;
  /** What they last signed in with here; null if they have signed out, or it was not kept. */
  login: string | null;
  role: Role;
  hasPin: boolean;
  /** Operations of theirs that have not been sent. */
  waiting: number;
  /** The laptop may be used without hearing from the server until then. */
  leaseEndsAt: number;
}

export interface CurrentPerson extends KnownPerson {
  sites: readonly { id: string; code: string; name: string; role: Role }[];
}

export type SessionState =
  /** The server asks for no sign-in, or no server is known yet: everything is as if nobody had to. */
  | { kind: 'open' }
  /** Nobody uses the laptop; people who did may come back. */
  | { kind: 'signedOut'; people: readonly KnownPerson[] }
  /** Somebody does, but has to show that it is still them. Work is as it was. */
  | {
      kind: 'locked';
      reason: 'start' | 'idle' | 'asked' | 'lease';
      person: KnownPerson;
      people: readonly KnownPerson[];
    }
  | { kind: 'signedIn'; person: CurrentPerson; people: readonly KnownPerson[] }
  /** An administrator has withdrawn the laptop. What was unsent is being handed over, then it clears itself. */
  | { kind: 'revoked'; waiting: number; cleared: boolean };

/** Days before the end of the lease at which people are told. */
export const LEASE_WARNING_DAYS = [7, 3, 1] as const;

export const sessionSignInInput = z.strictObject({
  login: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(PASSWORD_LENGTH_MAX),
});
export const unlockInput = z.strictObject({ personId: z.uuid(), pin: pinField });
export const setPinInput = z.strictObject({ pin: pinField });
export const signOutPersonInput = z.strictObject({ personId: z.uuid() });
/** Minutes without a key, click or scan until the laptop locks; null for never. */
export const AUTO_LOCK_MINUTES = [1, 2, 5, 10, 15, 30] as const;
