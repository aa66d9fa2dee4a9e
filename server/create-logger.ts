import { type DestinationStream, type Logger, pino } from 'pino';

/** The end of a chain of causes says nothing new. */
const CAUSES_MAX = 4;
const TEXT_MAX = 2_000;

/** What is never written, should a program ever hand it over: by name, two levels deep. */
const SECRET_KEYS = [
  'authorization',
  'cookie',
  'password',
  'newPassword',
  'pin',
  'token',
  'accessToken',
  'refreshToken',
  'privateJwk',
  'private_jwk',
];

/**
 * One line of JSON per event, so that no text from outside can begin a line of its own. Of an error it has what it is and
 * where it came from, never the values that a database or a schema adds to it.
 */
export function createLogger(level: string, destination: DestinationStream): Logger {
  return pino(
    {
      level,
      redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`]), censor: '(secret)' },
      serializers: { err: (error: unknown) => plainError(error, 0) },
    },
    destination,
  );
}

interface PlainError {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: PlainError;
}

function plainError(error: unknown, depth: number): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message.slice(0, TEXT_MAX),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack.slice(0, TEXT_MAX) }),
    ...(error.cause !== undefined && depth < CAUSES_MAX
      ? { cause: plainError(error.cause, depth + 1) }
      : {}),
  };
}
