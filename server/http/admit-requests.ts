import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EdgeLimits } from './edge-limits.ts';
import { watchLoop } from './loop-watch.ts';
import { type Refusal, refuse } from './refusal.ts';
import { hasBody, kindOf } from './request-kind.ts';

const BUSY: Refusal = {
  httpStatus: 503,
  code: 'SERVER_BUSY',
  message: 'The server is busy. Try again in a moment.',
  retryable: true,
};
const RETRY_AFTER_SECONDS = 2;

/** Counts what is under way, and gives the place free when the connection or the answer ends. */
class Places {
  readonly #max: number;
  #taken = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get isFull(): boolean {
    return this.#taken >= this.#max;
  }

  /** Gives what frees it again, which may be called twice. */
  take(): () => void {
    this.#taken += 1;
    let isTaken = true;
    return () => {
      if (isTaken) this.#taken -= 1;
      isTaken = false;
    };
  }
}

/**
 * Bounds what is under way at once, in three kinds that cannot take each other's place: bodies that are still arriving, work,
 * and streams of news. Beyond that, and while the main thread is late all the time, requests are told to come again.
 * Questions after the server's health are always answered.
 */
export function admitRequests(app: FastifyInstance, limits: EdgeLimits): void {
  const work = new Places(limits.requestsAtOnce);
  const streams = new Places(limits.streamsAtOnce);
  const bodies = new Places(limits.bodiesAtOnce);
  const bodiesOf = new Map<string, number>();
  const loop = watchLoop(limits.loopLateMs);
  app.addHook('onClose', async () => loop.stop());

  app.addHook('onRequest', async (request, reply) => {
    const kind = kindOf(request);
    if (kind === 'health') return undefined;
    if (loop.isOverloaded() || (kind === 'stream' ? streams : work).isFull) return busy(reply);
    if (!hasBody(request)) return undefined;
    const ofAddress = bodiesOf.get(request.ip) ?? 0;
    if (bodies.isFull || ofAddress >= limits.bodiesAtOncePerAddress) return busy(reply);
    bodiesOf.set(request.ip, ofAddress + 1);
    const free = bodies.take();
    onceOver(request, () => {
      free();
      const left = (bodiesOf.get(request.ip) ?? 1) - 1;
      if (left > 0) bodiesOf.set(request.ip, left);
      else bodiesOf.delete(request.ip);
    });
    return undefined;
  });

  // A body that is read as a whole is here by now; one that a handler reads piece by piece is work from now on.
  app.addHook('preHandler', async (request, reply) => {
    const kind = kindOf(request);
    if (kind === 'health') return undefined;
    const places = kind === 'stream' ? streams : work;
    if (places.isFull) return busy(reply);
    // Fastify's own hooks do not tell of every request that is broken off; the end of the raw answer does.
    const free = places.take();
    if (reply.raw.destroyed) free();
    else reply.raw.once('close', free);
    return undefined;
  });
}

/** Runs `then` once, when all of the body has come or nothing more will. */
function onceOver({ raw }: FastifyRequest, then: () => void): void {
  let isOver = false;
  const over = (): void => {
    if (!isOver) then();
    isOver = true;
  };
  raw.once('end', over);
  raw.once('close', over);
}

function busy(reply: FastifyReply): FastifyReply {
  return refuse(reply, BUSY, RETRY_AFTER_SECONDS);
}
