import { initTRPC, TRPCError } from '@trpc/server';
import type { Actor } from './auth/actor.ts';
import { assertMayCall } from './auth/may-call.ts';
import type { TenantAuth } from './auth/tenant-auth.ts';
import { type ErrorCode, TallymanError } from '../shared/errors.ts';
import type { ObservedCall } from './operations/metrics/observe-call.ts';
import { publicError } from './public-error.ts';
import type { ServerStore } from './store/open-store.ts';
import type { PokeConnection } from './sync/poke/poke.ts';
import type { SnapshotOffers } from './sync/snapshot.ts';

/** Made for every HTTP request. */
export interface ServerContext {
  store: ServerStore;
  snapshots: SnapshotOffers;
  actor: Actor;
  auth: TenantAuth;
  /** Where the request came from. */
  address: string;
  /** Milliseconds since the epoch, UTC. */
  now: () => number;
  /** Of the log lines of this request, so that a person can quote it. */
  requestId: string;
  /** Enters in the log what went wrong behind an answer that was given all the same. */
  reportFailure: (error: unknown, number: number) => void;
  /** Counts the call. */
  observe?: ((call: ObservedCall) => void) | undefined;
  /** Absent where the call did not come over one that could stay open. */
  connection?: PokeConnection | undefined;
}

const t = initTRPC.context<ServerContext>().create({
  // One shape for every error, with our code and neither stack nor cause, in production and development alike.
  errorFormatter: ({ shape, error, ctx }) => {
    const wire = publicError(error, ctx?.requestId ?? null);
    return {
      code: shape.code,
      message: wire.message,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        wire,
      },
    };
  },
});

export const { router } = t;

const observed = t.middleware(async ({ ctx, path, next }) => {
  if (ctx.observe === undefined) return next();
  const startedAt = performance.now();
  const result = await next();
  const seconds = (performance.now() - startedAt) / 1_000;
  if (result.ok) ctx.observe({ path, seconds, outcome: 'ok', data: result.data });
  else {
    const { cause, code } = result.error;
    const outcome = cause instanceof TallymanError ? cause.code : code;
    ctx.observe({ path, seconds, outcome, data: undefined });
  }
  return result;
});

/** Gives expected failures the HTTP status that fits their code. */
const answered = t.procedure.use(observed).use(async ({ next }) => {
  const result = await next();
  if (result.ok || !(result.error.cause instanceof TallymanError)) return result;
  throw withStatus(result.error.cause);
});

/** Before the input is looked at: who may not call learns nothing of what it should be. */
export const procedure = answered.use(({ ctx, path, next }) => {
  assertMayCall(ctx.actor, path);
  return next();
});

export function withStatus(cause: TallymanError): TRPCError {
  return new TRPCError({ code: STATUS_NAMES[cause.code] ?? 'INTERNAL_SERVER_ERROR', cause });
}

const STATUS_NAMES: Partial<Record<ErrorCode, TRPCError['code']>> = {
  BAD_INPUT: 'BAD_REQUEST',
  NOT_FOUND: 'NOT_FOUND',
  UNKNOWN_SITE: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  DEVICE_COPIED: 'CONFLICT',
  ROW_IN_USE: 'CONFLICT',
  UNAUTHORIZED: 'UNAUTHORIZED',
  SIGN_IN_FAILED: 'UNAUTHORIZED',
  SESSION_ENDED: 'UNAUTHORIZED',
  DEVICE_REVOKED: 'FORBIDDEN',
  TOO_MANY_REQUESTS: 'TOO_MANY_REQUESTS',
  FORBIDDEN: 'FORBIDDEN',
  TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  UPGRADE_REQUIRED: 'PRECONDITION_FAILED',
  SERVER_REPLACED: 'PRECONDITION_FAILED',
  SERVER_BUSY: 'SERVICE_UNAVAILABLE',
  DISK_FULL: 'SERVICE_UNAVAILABLE',
};
