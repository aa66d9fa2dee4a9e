import { TRPCClientError } from '@trpc/client';
import { ERROR_CODES, type WireError } from '../shared/errors.ts';

function isWireError(value: unknown): value is WireError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    (ERROR_CODES as readonly unknown[]).includes(value.code)
  );
}

/** The error with our code that a failed call carries. A failure without one never reached the app or is a bug. */
export function wireErrorOf(error: unknown): WireError {
  if (error instanceof TRPCClientError) {
    const wire: unknown = (error.data as { wire?: unknown } | null | undefined)?.wire;
    if (isWireError(wire)) return wire;
  }
  return {
    code: 'INTERNAL',
    message: error instanceof Error ? error.message : String(error),
    retryable: false,
    details: {},
  };
}
