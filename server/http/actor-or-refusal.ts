import type { FastifyRequest } from 'fastify';
import { TallymanError } from '../../shared/errors.ts';
import type { Actor } from '../auth/actor.ts';
import { unauthorized } from '../auth/auth-refusals.ts';
import type { Refusal } from './refusal.ts';
import { requestActor } from './request-actor.ts';

/** For addresses of files: who asks, or what to answer to nobody. */
export async function actorOrRefusal(request: FastifyRequest): Promise<Actor | Refusal> {
  try {
    const actor = await requestActor(request);
    if (actor.kind === 'nobody') throw unauthorized();
    return actor;
  } catch (error) {
    if (!(error instanceof TallymanError)) throw error;
    const { code, message, retryable } = error;
    return { httpStatus: code === 'DEVICE_REVOKED' ? 403 : 401, code, message, retryable };
  }
}
