import type { TRPCError } from '@trpc/server';
import { TallymanError, toWireError, type WireError } from '../shared/errors.ts';

/** Input errors of tRPC and Zod name places in the program; people and logs of laptops need only these sentences. */
const SENTENCES: Partial<Record<TRPCError['code'], readonly [WireError['code'], string]>> = {
  BAD_REQUEST: ['BAD_INPUT', 'That input is not valid.'],
  PARSE_ERROR: ['BAD_INPUT', 'That request could not be read.'],
  NOT_FOUND: ['NOT_FOUND', 'This server has no such procedure.'],
  METHOD_NOT_SUPPORTED: ['BAD_INPUT', 'This procedure is called in another way.'],
  PAYLOAD_TOO_LARGE: ['TOO_LARGE', 'That request is too large.'],
  UNSUPPORTED_MEDIA_TYPE: ['BAD_INPUT', 'That request has a content type that is not supported.'],
};

/** What leaves the server of an error: never a stack, a cause or a name of a file or table. The log has the rest. */
export function publicError(error: TRPCError, requestId: string | null): WireError {
  if (error.cause instanceof TallymanError) {
    const { code, message, retryable, details } = toWireError(error.cause);
    return { code, message, retryable, details };
  }
  const sentence = SENTENCES[error.code];
  if (sentence !== undefined) {
    return { code: sentence[0], message: sentence[1], retryable: false, details: {} };
  }
  return {
    code: 'SERVER_ERROR',
    message: 'The server met an unexpected error. Its log says more.',
    retryable: true,
    details: requestId === null ? {} : { requestId },
  };
}
