import { TallymanError } from '../../shared/errors.ts';
import { PUSH_OPERATIONS_MAX } from '../../shared/sync/operation.ts';
import { forgiveFailures, noteFailure } from '../store/outbox/failing-operation.ts';
import { heldBack } from '../store/outbox/hold-back.ts';
import { takeOperations } from '../store/outbox/take-operations.ts';
import { EVERYTHING, pause, pushOperations } from './push-operations.ts';
import type { RunContext } from './run-context.ts';

/** Between attempts at one operation that makes the whole request fail. */
const ALONE_WAIT_MS = 100;

/**
 * After a push that the server failed at as a whole while it answered a pull: sends ever fewer operations at a time until
 * the one that it cannot digest is alone, has that one passed over, and goes on with all that is left.
 */
export async function pushAroundFailure(context: RunContext): Promise<void> {
  let operations = PUSH_OPERATIONS_MAX;
  while (context.work.outbox.hasSendable(heldBack(context.work.db, context.awaited))) {
    try {
      await pushOperations(context, {
        ...EVERYTHING,
        operations,
        requests: operations === 1 ? 1 : EVERYTHING.requests,
      });
      operations = PUSH_OPERATIONS_MAX;
    } catch (error) {
      if (!isServersFault(error)) throw error;
      // What was answered before the failure is filed; halving goes on with what is left.
      if (operations > 1) operations = Math.floor(operations / 2);
      else await blameFirst(context, error);
    }
  }
}

/** The first waiting operation failed alone. Throws if not even its number gets through: then the server fails at everything. */
async function blameFirst(context: RunContext, error: unknown): Promise<void> {
  const [first] = takeOperations(context.work.db, context.work.outbox, {
    ...EVERYTHING,
    operations: 1,
    awaited: context.awaited,
  });
  if (!first) return;
  if ('parked' in first) {
    forgiveFailures(context.work.db);
    throw error;
  }
  noteFailure(context.work.db, first.operationId);
  await pause(context, ALONE_WAIT_MS);
}

/** The request itself failed, in a way that one bad operation in it could explain. */
export function isServersFault(error: unknown): boolean {
  return (
    error instanceof TallymanError && (error.code === 'SERVER_ERROR' || error.code === 'TOO_LARGE')
  );
}
