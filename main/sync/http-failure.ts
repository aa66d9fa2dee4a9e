import { type ErrorCode, TallymanError, type WireError } from '../../shared/errors.ts';
import { RETRY_AFTER_MAX_MS } from './retry-wait.ts';

export interface HttpAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed body; undefined if it is no JSON. */
  body: unknown;
  /** Of the address that was asked, for the message. */
  origin: string;
}

/** What an HTTP status means where the answer is not one of our server's own, as from a proxy in between. */
const CODES: Readonly<Record<number, [ErrorCode, string]>> = {
  401: [
    'UNAUTHORIZED',
    'The server asks for a sign-in. Work done here is kept and sent afterwards.',
  ],
  403: ['FORBIDDEN', 'The server does not allow this. Work done here is kept.'],
  408: ['SERVER_TIMEOUT', 'The server gave up waiting for the request.'],
  413: ['TOO_LARGE', 'The server does not take a request of this size.'],
  429: ['SERVER_BUSY', 'The server is busy.'],
  503: ['SERVER_BUSY', 'The server is busy.'],
  // What a network says that wants a sign-in of its own first (RFC 6585).
  511: ['NOT_TALLYMAN', 'This network asks for a sign-in before it lets anything through.'],
};

/** The failure that an answer stands for; null if it is one that tRPC understands. */
export function httpFailure(answer: HttpAnswer): TallymanError | null {
  const { status, body, origin } = answer;
  const retryAfterMs = retryAfterMsOf(answer);
  const details = { url: origin, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  const wire = wireOf(body);
  if (wire) {
    if (retryAfterMs === null) return null;
    return new TallymanError(wire.code, wire.message, { details: { ...wire.details, ...details } });
  }
  if (status < 400) return body === undefined ? notTallyman(origin) : null;
  const known = CODES[status];
  if (known) return new TallymanError(...known, { details });
  if (status >= 500) return new TallymanError('SERVER_ERROR', 'The server failed.', { details });
  return notTallyman(origin);
}

/** The header counts seconds or names a moment of the sender's clock, which only the sender's own `Date` can be held against. */
function retryAfterMsOf({ status, headers }: HttpAnswer): number | null {
  const header = headers['retry-after'];
  if ((status !== 429 && status !== 503) || typeof header !== 'string') return null;
  const asked = /^\d+$/.test(header)
    ? Number(header) * 1_000
    : Date.parse(header) - Date.parse(String(headers['date']));
  return Number.isNaN(asked) ? null : Math.min(Math.max(asked, 0), RETRY_AFTER_MAX_MS);
}

function wireOf(body: unknown): WireError | null {
  const { error } = (body ?? {}) as { error?: { data?: { wire?: WireError } | null } };
  return error?.data?.wire ?? null;
}

function notTallyman(origin: string): TallymanError {
  return new TallymanError(
    'NOT_TALLYMAN',
    `What answers at ${origin} is not a Tallyman server. Check the address, or sign in to the network first.`,
    { details: { url: origin } },
  );
}
