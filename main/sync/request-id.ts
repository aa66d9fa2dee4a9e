import { TallymanError, type WireError } from '../../shared/errors.ts';

/** What the server enters in its log with a request, so that a person who quotes the id is found there. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** The failure with the id of its request, which the sync log keeps with it. What was cancelled is nobody's failure. */
export function withRequestId(error: unknown, requestId: string): unknown {
  if (!(error instanceof TallymanError) || error.code === 'CANCELLED') return error;
  if (error.details['requestId'] !== undefined) return error;
  const details = { ...error.details, requestId };
  return new TallymanError(error.code, error.message, { cause: error.cause, details });
}

/** The same of a failure that the server tells of in its answer, which tRPC reads. */
export function answerWithRequestId(answer: unknown, requestId: string): unknown {
  const { error } = (answer ?? {}) as { error?: { data?: { wire?: WireError | null } } };
  const wire = error?.data?.wire;
  if (wire) wire.details = { requestId, ...wire.details };
  return answer;
}
