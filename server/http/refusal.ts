import type { FastifyReply } from 'fastify';
import type { ErrorCode, WireError } from '../../shared/errors.ts';

/** JSON-RPC's number for an error of the server, which tRPC's clients expect in an error. */
const JSON_RPC_SERVER_ERROR = -32_603;

export interface Refusal {
  httpStatus: number;
  code: ErrorCode;
  message: string;
  retryable: boolean;
}

/** The body of a request that was refused before tRPC saw it, in the shape of tRPC's own errors. */
export function refusalBody({ httpStatus, code, message, retryable }: Refusal) {
  return errorBody(httpStatus, { code, message, retryable, details: {} });
}

/** The body of any failure, in that shape. */
export function errorBody(httpStatus: number, wire: WireError) {
  return {
    error: { code: JSON_RPC_SERVER_ERROR, message: wire.message, data: { httpStatus, wire } },
  };
}

/** Of what may be tried again, `retryAfterSeconds` says when. */
export function refuse(
  reply: FastifyReply,
  refusal: Refusal,
  retryAfterSeconds?: number,
): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  return reply.code(refusal.httpStatus).send(refusalBody(refusal));
}
