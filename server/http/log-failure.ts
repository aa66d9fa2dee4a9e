import type { TRPCError } from '@trpc/server';
import type { FastifyRequest } from 'fastify';
import { TallymanError } from '../../shared/errors.ts';

/** No procedure has a longer name; what is longer is somebody's who tries things out. */
const NAME_LENGTH_MAX = 100;

/** Refusals are everyday; what nobody expected has its stack in the log, and only there. */
export function logFailure(
  { log }: FastifyRequest,
  error: TRPCError,
  path: string | undefined,
): void {
  const name = path?.slice(0, NAME_LENGTH_MAX);
  if (error.code === 'INTERNAL_SERVER_ERROR') {
    log.error({ path: name, err: error.cause ?? error }, 'call failed');
    return;
  }
  const reason = error.cause instanceof TallymanError ? error.cause.code : error.code;
  log.info({ path: name, reason }, 'call refused');
}
