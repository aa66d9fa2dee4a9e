import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from '../auth/actor.ts';
import { AddressSlots } from './address-slots.ts';
import type { EdgeLimits } from './edge-limits.ts';
import { type Refusal, refuse } from './refusal.ts';
import { knownActor, requestActor } from './request-actor.ts';
import { callsIn, kindOf } from './request-kind.ts';

/** Over so long calls are counted. */
const WINDOW_SECONDS = 60;

const TOO_MANY: Refusal = {
  httpStatus: 429,
  code: 'TOO_MANY_REQUESTS',
  message: 'Too many requests. Try again later.',
  retryable: true,
};
const NO_PEOPLE: Refusal = {
  httpStatus: 403,
  code: 'FORBIDDEN',
  message:
    'This organisation has no people yet, so it is served on the machine of the server only.',
  retryable: false,
};

export interface RateOptions {
  limits: Pick<EdgeLimits, 'callsPerDevice' | 'callsPerPerson' | 'strangersPerAddress'>;
  /** Others than people of this machine can come in. */
  isExposed: boolean;
}

/**
 * Bounds the calls of a minute: of a laptop and of a person, if they are known, else of an address. A batch counts as
 * what it consists of. Addresses answer for strangers and failures only, because a whole site may share one. Counted in
 * this process alone; several let through as many times more. Programs of the machine itself that a server without people
 * serves are nobody to be afraid of.
 */
export function limitRates(app: FastifyInstance, { limits, isExposed }: RateOptions): void {
  const devices = limiter(limits.callsPerDevice);
  const people = limiter(limits.callsPerPerson);
  const strangers = limiter(limits.strangersPerAddress);
  const slots = new AddressSlots();
  const asStranger = ({ ip }: FastifyRequest, calls: number): Promise<number | null> =>
    secondsToWait(strangers, slots.of(ip), calls);

  app.addHook('preHandler', async (request, reply) => {
    if (kindOf(request) === 'health') return undefined;
    const actor = await actorIfAny(request);
    if (actor?.kind === 'open') return isExposed ? refuse(reply, NO_PEOPLE) : undefined;
    const calls = callsIn(request);
    const seconds =
      actor?.kind === 'person'
        ? ((await secondsToWait(devices, actor.deviceId, calls)) ??
          (await secondsToWait(people, actor.personId, calls)))
        : await asStranger(request, calls);
    return seconds === null ? undefined : refuseForNow(reply, seconds);
  });
  // Somebody who is known and tries what is not allowed, again and again, is counted here.
  app.addHook('onResponse', async (request, reply) => {
    const actor = knownActor(request);
    if (actor?.kind === 'person' && isRefused(reply.statusCode)) await asStranger(request, 1);
  });
}

function limiter(points: number): RateLimiterMemory {
  return new RateLimiterMemory({ points, duration: WINDOW_SECONDS });
}

/** Null if the calls are within the bound. */
async function secondsToWait(
  limits: RateLimiterMemory,
  key: string | number,
  calls: number,
): Promise<number | null> {
  try {
    await limits.consume(key, calls);
    return null;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
  }
}

/** Null for whoever did not prove to be anybody; the procedure or file says so in its own words. */
async function actorIfAny(request: FastifyRequest): Promise<Actor | null> {
  try {
    return await requestActor(request);
  } catch {
    return null;
  }
}

function isRefused(status: number): boolean {
  return status === 401 || status === 403;
}

function refuseForNow(reply: FastifyReply, seconds: number): FastifyReply {
  return refuse(reply, TOO_MANY, seconds);
}
