import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Refusal, refusalBody } from './refusal.ts';

/** Long inputs travel in a POST body. Also bounds the number of calls that a batch path can name. */
const URL_LENGTH_MAX = 2_048;
/** Each may hold a page of some megabytes; laptops that come back at once wait their turn outside. */
const REQUESTS_AT_ONCE_MAX = 256;
const RETRY_AFTER_SECONDS = 2;

const POKE_LINE = /^(?:\/o\/[^/]+)?\/trpc\/sync\.poke(?:$|\?)/;

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

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
const URL_TOO_LONG: Refusal = {
  httpStatus: 400,
  code: 'BAD_INPUT',
  message: 'That address is too long. Send long inputs by POST.',
  retryable: false,
};
const TOO_MANY_AT_ONCE: Refusal = {
  httpStatus: 503,
  code: 'SERVER_BUSY',
  message: 'The server is busy. Try again in a moment.',
  retryable: true,
};

/** Turns away what must not reach any handler. */
export function guardRequests(app: FastifyInstance): void {
  let atOnce = 0;
  app.addHook('onRequest', async (request, reply) => {
    // A line to a laptop is open for minutes and does next to nothing.
    const weight = POKE_LINE.test(request.raw.url ?? '') ? 0 : 1;
    atOnce += weight;
    // Fastify's own hooks do not tell of every request that is broken off; the end of the raw answer does.
    reply.raw.once('close', () => {
      atOnce -= weight;
    });
    const refusal =
      reasonToRefuse(request) ?? (atOnce > REQUESTS_AT_ONCE_MAX ? TOO_MANY_AT_ONCE : null);
    if (refusal !== null) return refuse(reply, refusal);
    return undefined;
  });
}

function reasonToRefuse({ headers, raw }: FastifyRequest): Refusal | null {
  if ((raw.url ?? '').length > URL_LENGTH_MAX) return URL_TOO_LONG;
  // A page can give its own name this machine's address (DNS rebinding); its requests then still carry that name.
  if (!LOOPBACK_NAMES.has(nameOf(headers.host ?? ''))) return NOT_THIS_HOST;
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) {
    return FOREIGN_PAGE;
  }
  return null;
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.httpStatus === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
  return reply.code(refusal.httpStatus).send(refusalBody(refusal));
}
