import { TRPCClientError } from '@trpc/client';
import { fromWireError, TallymanError, type WireError } from '../../shared/errors.ts';

/** Turns every failure of a call into a TallymanError. */
export async function coded<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw codedError(error);
  }
}

function codedError(error: unknown): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  if (error.cause instanceof TallymanError) return error.cause;
  if (error.cause?.name === 'AbortError') {
    return new TallymanError('CANCELLED', 'Cancelled.', { cause: error });
  }
  const wire = (error.data as { wire?: WireError } | null | undefined)?.wire;
  if (wire) return fromWireError(wire);
  // JSON, but not an answer of tRPC: something else listens at this address.
  return new TallymanError(
    'NOT_TALLYMAN',
    'What answers at this address is not a Tallyman server.',
    {
      cause: error,
    },
  );
}
