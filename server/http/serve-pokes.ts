import { Readable } from 'node:stream';
import { callTRPCProcedure, getTRPCErrorFromUnknown, type TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TallymanError } from '../../shared/errors.ts';
import { POKE_HEARTBEAT_MS, type PokeEvent } from '../../shared/sync/poke-protocol.ts';
import { publicError } from '../public-error.ts';
import { serverRouter } from '../router.ts';
import { withStatus } from '../trpc.ts';
import { callContext, type CallContextOptions } from './call-context.ts';
import { eventFrames } from './event-frames.ts';
import { logFailure } from './log-failure.ts';
import { errorBody, refuse } from './refusal.ts';

const PATHS = ['sync.poke', 'sync.follow'] as const;
type Path = (typeof PATHS)[number];
/** A line ends by itself long before. */
const HANDLER_TIMEOUT_MS = 60 * 60_000;
const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store, no-transform',
  // nginx would keep the events until it has enough of them.
  'x-accel-buffering': 'no',
};

/**
 * The addresses of the lines, beside those of all other procedures: their answers stay open for minutes, so the time limit of
 * other work is not for them, and a thousand of them are held. The procedure, its checks and what goes over the wire are
 * tRPC's; a refusal comes with its status instead of within the stream, so that a token which has run out is renewed as at
 * any other call.
 */
export function servePokes(routes: FastifyInstance, options: CallContextOptions): void {
  for (const path of PATHS) {
    routes.post(`/trpc/${path}`, { handlerTimeout: HANDLER_TIMEOUT_MS }, async (request, reply) =>
      answer(path, { request, reply }, options),
    );
    routes.get(`/trpc/${path}`, async (_request, reply) =>
      refuse(reply.header('allow', 'POST'), {
        httpStatus: 405,
        code: 'BAD_INPUT',
        message: 'Ask by POST.',
        retryable: false,
      }),
    );
  }
}

async function answer(
  path: Path,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  options: CallContextOptions,
): Promise<FastifyReply> {
  const leaving = new AbortController();
  reply.raw.once('close', () => leaving.abort());
  try {
    const ctx = await callContext(options, request, reply);
    const events = (await callTRPCProcedure({
      router: serverRouter,
      path,
      type: 'subscription',
      ctx,
      getRawInput: async () => request.body,
      signal: leaving.signal,
      batchIndex: 0,
    })) as AsyncGenerator<PokeEvent, void, void>;
    // Who may not listen, or comes to the wrong server, hears it here and has no line.
    const first = await events.next();
    const frames = eventFrames({ first, rest: events, heartbeatMs: POKE_HEARTBEAT_MS });
    return await reply.headers(STREAM_HEADERS).send(Readable.from(frames));
  } catch (failure) {
    const error = asTrpcError(failure);
    logFailure(request, error, path);
    const httpStatus = getHTTPStatusCodeFromError(error);
    return reply.code(httpStatus).send(errorBody(httpStatus, publicError(error, request.id)));
  }
}

function asTrpcError(failure: unknown): TRPCError {
  return failure instanceof TallymanError ? withStatus(failure) : getTRPCErrorFromUnknown(failure);
}
