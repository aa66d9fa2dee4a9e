import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EdgeLimits } from './edge-limits.ts';
import { isExposed, isLoopback, type Listening } from './listening.ts';
import { type Refusal, refuse } from './refusal.ts';
import { isCall, kindOf } from './request-kind.ts';

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT']);
const METHODS_OF_CALLS: ReadonlySet<string> = new Set(['GET', 'POST']);
/** Where a laptop has seen TLS once, it never asks in plain text again. */
const HSTS = 'max-age=31536000';

const NOT_THIS_HOST: Refusal = {
  httpStatus: 421,
  code: 'FORBIDDEN',
  message: 'This server answers to its own address only.',
  retryable: false,
};
const FOREIGN_PAGE: Refusal = {
  httpStatus: 403,
  code: 'FORBIDDEN',
  message: 'Web pages may not call this server.',
  retryable: false,
};
const NOT_SECURE: Refusal = {
  httpStatus: 403,
  code: 'FORBIDDEN',
  message: 'This server is reached by https only.',
  retryable: false,
};
const URL_TOO_LONG: Refusal = {
  httpStatus: 400,
  code: 'BAD_INPUT',
  message: 'That address is too long. Send long inputs by POST.',
  retryable: false,
};
const TOO_MANY_HEADERS: Refusal = {
  httpStatus: 431,
  code: 'TOO_LARGE',
  message: 'That request has too many headers.',
  retryable: false,
};
const OTHER_METHOD: Refusal = {
  httpStatus: 405,
  code: 'BAD_INPUT',
  message: 'Addresses of this server are called in another way.',
  retryable: false,
};

export interface GuardOptions {
  listening: Listening;
  limits: Pick<EdgeLimits, 'urlLength' | 'headerCount'>;
}

/** Turns away what must not reach any handler. */
export function guardRequests(app: FastifyInstance, { listening, limits }: GuardOptions): void {
  const ownNames = new Set(listening.publicHosts.map((name) => name.toLowerCase()));
  const onlySecure = isExposed(listening);
  const reasonToRefuse = (request: FastifyRequest): Refusal | null => {
    const { headers, raw, method } = request;
    if ((raw.url ?? '').length > limits.urlLength) return URL_TOO_LONG;
    // Each header is two entries here. Node leaves out what is beyond its own bound, so ours has to come first.
    if (raw.rawHeaders.length / 2 > limits.headerCount) return TOO_MANY_HEADERS;
    if (!(isCall(request) ? METHODS_OF_CALLS : METHODS).has(method)) return OTHER_METHOD;
    // A page can give its own name this machine's address (DNS rebinding); its requests then still carry that name.
    const name = nameOf(request.host);
    const isOnMachine = isLoopback(raw.socket.remoteAddress ?? '') && LOOPBACK_NAMES.has(name);
    if (!ownNames.has(name) && !isOnMachine) return NOT_THIS_HOST;
    const { origin } = headers;
    if (origin !== undefined && origin !== `${request.protocol}://${request.host}`) {
      return FOREIGN_PAGE;
    }
    // Whoever watches over the process asks it directly, and is told nothing that is worth hiding.
    const isSecure = request.protocol === 'https' || kindOf(request) === 'health';
    return onlySecure && !isSecure ? NOT_SECURE : null;
  };
  app.addHook('onRequest', async (request, reply) => {
    if (request.protocol === 'https') reply.header('strict-transport-security', HSTS);
    const refusal = reasonToRefuse(request);
    if (refusal === null) return undefined;
    if (refusal === OTHER_METHOD) reply.header('allow', [...METHODS_OF_CALLS].join(', '));
    return refuse(reply, refusal);
  });
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
