import type { PushInput, PushOutput } from '../../shared/sync/protocol.ts';
import {
  type Settled,
  type SettleOptions,
  settleOperations,
} from '../store/outbox/settle-operations.ts';
import { type TakeLimits, takeOperations } from '../store/outbox/take-operations.ts';
import type { RunContext } from './run-context.ts';

/** Durable when it returns. */
export function fileAnswers(context: RunContext, results: PushOutput['results']): void {
  if (results.length > 0) tell(context, settleOperations(context.work, results, filing(context)));
}

/** Files answers and takes the next operations to send. In one commit, because each waits for the disk. */
export function fileAndTake(
  context: RunContext,
  results: PushOutput['results'],
  limits: TakeLimits,
): PushInput['operations'] {
  const { work } = context;
  const { settled, taken } = work.outbox.together(() => ({
    settled: settleOperations(work, results, filing(context)),
    taken: takeOperations(work.db, work.outbox, limits),
  }));
  if (results.length > 0) tell(context, settled);
  return taken;
}

function filing({ now, newId, rowOf }: RunContext): SettleOptions {
  return { now: now(), newId, rowOf };
}

/** Only of what is committed: whoever hears of it reads at once. */
function tell({ report }: RunContext, { operations, conflicts, entities }: Settled): void {
  report.operationsSent(operations);
  if (conflicts > 0) report.conflictsFound(conflicts);
  if (entities.size > 0) report.dataChanged([...entities]);
}
