import { z } from 'zod';
import { ROLES } from '../entities/person.ts';

/** Signing in, and staying so. A password goes over the wire once per sign-in; after that, tokens do. */

/** By the advice of NIST SP 800-63B: length counts, composition does not. */
export const PASSWORD_LENGTH_MIN = 8;
export const PASSWORD_LENGTH_MAX = 128;
const TOKEN_LENGTH_MAX = 512;
/** People work on without seeing the server for so long; then the laptop locks, and keeps everything. */
export const LEASE_DAYS = 14;

export const loginField = z.string().trim().min(1).max(100);
export const passwordField = z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX);

/** A laptop as it introduces itself. Its id is that of its sync operations. */
export const deviceField = z.strictObject({
  id: z.uuid(),
  name: z.string().trim().min(1).max(100),
  platform: z.string().max(40),
  appVersion: z.string().max(40),
});
export type DeviceIntroduction = z.output<typeof deviceField>;

export const signInInput = z.strictObject({
  login: loginField,
  /** Not `passwordField`: one that breaks a rule of today is simply wrong, and nobody learns the rules from that. */
  password: z.string().min(1).max(PASSWORD_LENGTH_MAX),
  device: deviceField,
});
export type SignInInput = z.output<typeof signInInput>;

const refreshTokenField = z.string().min(1).max(TOKEN_LENGTH_MAX);

export const refreshInput = z.strictObject({
  refreshToken: refreshTokenField,
  device: deviceField,
});
export type RefreshInput = z.output<typeof refreshInput>;

export const signOutInput = z.strictObject({ refreshToken: refreshTokenField });

export const changePasswordInput = z.strictObject({
  password: z.string().min(1).max(PASSWORD_LENGTH_MAX),
  newPassword: passwordField,
});
export type ChangePasswordInput = z.output<typeof changePasswordInput>;

export const roleField = z.enum(ROLES);
export type Role = z.output<typeof roleField>;

export interface SignedInPerson {
  id: string;
  name: string;
  /** The highest of the person's roles. */
  role: Role;
  /** The sites that the person may see, by name. */
  sites: readonly { id: string; code: string; name: string; role: Role }[];
}

/** The answer to a sign-in and to a refresh. Times are the server's, UTC epoch milliseconds. */
export interface SignedIn {
  serverId: string;
  serverName: string;
  person: SignedInPerson;
  /** Sent as `Authorization: Bearer …` with every call. */
  accessToken: string;
  accessExpiresAt: number;
  /** Good for one refresh. */
  refreshToken: string;
  refreshExpiresAt: number;
  serverTime: number;
  /** From now on the laptop may work so long without hearing from the server. */
  leaseMs: number;
}

/** How a laptop's sync is doing, as it last said. */
export const deviceHealthField = z.strictObject({
  /** Operations that wait to be sent, and those that the server refused. */
  waiting: z.int().min(0),
  refused: z.int().min(0),
  conflicts: z.int().min(0),
  lastSyncAt: z.int().nullable(),
  lastOutcome: z.enum(['complete', 'error', 'cancelled']).nullable(),
  lastErrorCode: z.string().max(40).nullable(),
  /** When the oldest operation that waits was recorded; null if none waits. */
  oldestWaitingAt: z.int().nullable(),
});
export type DeviceHealth = z.output<typeof deviceHealthField>;

export const reportInput = z.strictObject({
  device: deviceField,
  health: deviceHealthField,
});

/** Operations of one quarantine call. */
export const QUARANTINE_OPERATIONS_MAX = 100;
/** As long as an operation may be, with room for what the laptop knows of it. */
const QUARANTINE_TEXT_MAX = 2 * 1024 * 1024;

/**
 * What a revoked laptop may still say: the work that it could not send, which is kept apart, and at last that it holds
 * nothing any more. It proves who it is by the last refresh token that it was given.
 */
export const quarantineInput = z.strictObject({
  refreshToken: refreshTokenField,
  deviceId: z.uuid(),
  operations: z
    .array(
      z.strictObject({
        operationId: z.uuid(),
        /** Its author, if the laptop knows. */
        personId: z.uuid().nullable(),
        /** JSON of the operation. */
        operation: z.string().max(QUARANTINE_TEXT_MAX),
      }),
    )
    .max(QUARANTINE_OPERATIONS_MAX),
  /** Everything has been handed over, and the laptop is about to clear itself. */
  done: z.boolean(),
});
export type QuarantineInput = z.output<typeof quarantineInput>;

export interface QuarantineOutput {
  /** Ids that are kept now, whether by this call or an earlier one. */
  kept: readonly string[];
}
