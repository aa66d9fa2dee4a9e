import type { Authors } from '../../auth/authors.ts';
import type { PushResult } from '../../../shared/sync/operation.ts';
import type { PushInput } from '../../../shared/sync/protocol.ts';
import { audit } from '../../auth/audit.ts';
import {
  type Delivery,
  type JudgedOperation,
  operationEntries,
} from '../../auth/audit-operations.ts';
import { flavourOf } from '../../store/engine/flavour-of.ts';
import type { ServerStore } from '../../store/open-store.ts';
import type { ChangeTransaction } from '../change-transaction.ts';
import { ScopeNotLocked } from '../locked-scopes.ts';
import { type Answer, Answers, fingerprintOf, saveAnswers, type SentOperation } from './answers.ts';
import { lastNumberOf, recordDevice } from './device-record.ts';
import { OperationDesk } from './operation-desk.ts';

export interface BatchAnswer {
  results: PushResult[];
  stop:
    | null
    | { kind: 'gap'; expected: number }
    /** What the operation met was not its own fault, or nobody knows. */
    | { kind: 'failed'; number: number; error: unknown };
}

export interface BatchContext {
  store: ServerStore;
  device: Pick<PushInput, 'deviceId' | 'protocol'>;
  now: () => number;
  authors: Authors;
  /** Of whoever delivers the operations. */
  delivery: Delivery;
}

/**
 * Answers operations in one transaction: what they did, their answers and the number of the last one become durable
 * together. Throws DEVICE_COPIED.
 */
export async function pushBatch(
  tx: ChangeTransaction,
  { store, device, now, authors, delivery }: BatchContext,
  operations: readonly SentOperation[],
): Promise<BatchAnswer> {
  const { deviceId } = device;
  // What a laptop sends twice at once has but one outcome.
  await flavourOf(tx.db).lockName(tx.db, `device ${deviceId}`);
  let last = await lastNumberOf(tx.db, deviceId);
  const answers = await Answers.read(
    tx.db,
    { deviceId, last, personIds: authors.personIds },
    operations,
  );
  const isNew = ({ number }: SentOperation): boolean => number > last;
  const desk = new OperationDesk(tx, { newId: store.newId, answers, authors });
  await desk.expect(operations.filter(isNew));
  const batch: BatchAnswer = { results: [], stop: null };
  const fresh: Answer[] = [];
  const judged: JudgedOperation[] = [];
  for (const operation of operations) {
    const { number, operationId } = operation;
    if (!isNew(operation)) {
      const outcome = answers.repeated(operation);
      batch.results.push({ number, operationId, outcome, repeated: true });
      continue;
    }
    if (number > last + 1) {
      batch.stop = { kind: 'gap', expected: last + 1 };
      break;
    }
    const known = answers.ofTwin(operation);
    try {
      const outcome = known ?? (await desk.decide(operation));
      const answer = { number, operationId, fingerprint: fingerprintOf(operation), outcome };
      answers.add(answer);
      fresh.push(answer);
      judged.push({ operation, outcome });
      batch.results.push({ number, operationId, outcome, repeated: known !== null });
      last = number;
    } catch (error) {
      if (error instanceof ScopeNotLocked || flavourOf(tx.db).endsTransaction(error)) throw error;
      batch.stop = { kind: 'failed', number, error };
      break;
    }
  }
  if (fresh.length === 0) return batch;
  await desk.write();
  const at = now();
  await saveAnswers(store, tx.db, { deviceId, at, answers: fresh });
  await audit(
    store,
    tx.db,
    operationEntries({ deviceId, at, delivery, personIds: authors.personIds, judged }),
  );
  await recordDevice(tx.db, { ...device, at, lastNumber: last });
  return batch;
}
