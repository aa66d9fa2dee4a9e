/**
 * The closed list of what can go wrong, shared by server, workers, shells and renderer.
 * A code decides what a person is told and whether a retry makes sense; the message is for people who read English logs.
 */
export const ERROR_CODES = [
  'BAD_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'UNAUTHORIZED',
  'FORBIDDEN',
  'SIGN_IN_FAILED',
  'SESSION_ENDED',
  'DEVICE_REVOKED',
  'TOO_MANY_REQUESTS',
  'LEASE_ENDED',
  'WRONG_PIN',
  'UPGRADE_REQUIRED',
  'SERVER_UNREACHABLE',
  'SERVER_TIMEOUT',
  'SERVER_ERROR',
  'SERVER_BUSY',
  'NOT_TALLYMAN',
  'SERVER_REPLACED',
  'SERVER_ROLLED_BACK',
  'MASS_DELETE',
  'DIGEST_MISMATCH',
  'UNKNOWN_SITE',
  'DEVICE_COPIED',
  'TOO_LARGE',
  'OUTBOX_FULL',
  'ROW_IN_USE',
  'OFFLINE',
  'CANCELLED',
  'DATA_FOLDER_MISSING',
  'DATA_FOLDER_IN_USE',
  'STORE_DAMAGED',
  'STORE_TOO_NEW',
  'STORE_UPGRADE_FAILED',
  'DISK_FULL',
  'PRINT_FAILED',
  'SQLITE_TOO_OLD',
  'WORKER_DIED',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Codes after which trying again by itself, unchanged, can succeed. */
const RETRYABLE: ReadonlySet<ErrorCode> = new Set([
  'SERVER_UNREACHABLE',
  'SERVER_TIMEOUT',
  'SERVER_ERROR',
  'SERVER_BUSY',
  'TOO_MANY_REQUESTS',
  'OFFLINE',
  'WORKER_DIED',
]);

export interface TallymanErrorOptions {
  cause?: unknown;
  /** Facts for the message in the reader's language, for example `{ url }`. Never secrets. */
  details?: Readonly<Record<string, string | number>> | undefined;
}

/** An expected failure. Bugs throw plain errors through `shared/domain/assert.ts` instead. */
export class TallymanError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: ErrorCode, message: string, options: TallymanErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'TallymanError';
    this.code = code;
    this.details = options.details ?? {};
  }

  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}

/** What crosses a process or thread boundary. Carries no stack: stacks stay in the log of the side that threw. */
export interface WireError {
  code: ErrorCode;
  message: string;
  retryable: boolean;
  details: Readonly<Record<string, string | number>>;
  cause?: WireError | undefined;
}

/** Causes are kept this deep; deeper chains only repeat themselves. */
const CAUSE_DEPTH_MAX = 4;

export function toWireError(error: unknown, depth = 0): WireError {
  const isOurs = error instanceof TallymanError;
  const cause = error instanceof Error ? error.cause : undefined;
  return {
    code: isOurs ? error.code : 'INTERNAL',
    message: messageOf(error),
    retryable: isOurs && error.retryable,
    details: isOurs ? error.details : {},
    ...(cause !== undefined && depth < CAUSE_DEPTH_MAX
      ? { cause: toWireError(cause, depth + 1) }
      : {}),
  };
}

/** Databases and systems tell by a code of their own what exactly failed, and their sentences often do not have it. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message } = error;
  if (error instanceof TallymanError || !('code' in error)) return message;
  const { code } = error;
  return typeof code !== 'string' || message.includes(code) ? message : `${message} (${code})`;
}

export function fromWireError(wire: WireError): TallymanError {
  return new TallymanError(wire.code, wire.message, {
    details: wire.details,
    ...(wire.cause ? { cause: fromWireError(wire.cause) } : {}),
  });
}
