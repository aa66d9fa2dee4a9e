import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { TallymanError } from '../../../shared/errors.ts';
import type {
  Operation,
  OperationOutcome,
  ParkedOperation,
} from '../../../shared/sync/operation.ts';
import type { BulkTarget } from '../../store/bulk-writer.ts';
import { flavourOf } from '../../store/engine/flavour-of.ts';
import type { ServerStore } from '../../store/open-store.ts';
import type { ServerDatabase } from '../../store/server-database.ts';
import { argumentsOf } from './operation-arguments.ts';

export type SentOperation = Operation | ParkedOperation;

export interface Answer {
  number: number;
  operationId: string;
  fingerprint: string;
  outcome: OperationOutcome;
}

interface AnswersOf {
  deviceId: string;
  /** The number of the device's newest operation that has an answer. */
  last: number;
  /** Those who may have worked on laptops that this one is a copy of: nobody hears what others were answered. Null: anybody. */
  personIds: readonly string[] | null;
}

/** The answers that the operations of a request may already have had. */
export class Answers {
  readonly #byNumber = new Map<number, Answer>();
  readonly #byOperation = new Map<string, Answer>();

  static async read(
    db: Kysely<ServerDatabase>,
    { deviceId, last, personIds }: AnswersOf,
    operations: readonly SentOperation[],
  ): Promise<Answers> {
    const { idAmong } = flavourOf(db);
    const answers = new Answers();
    const ids = operations.flatMap((one) =>
      'parked' in one ? [one.operationId] : [one.operationId, ...one.after],
    );
    const used = operations.flatMap(({ number }) => (number > last ? [] : [number]));
    const all = db.selectFrom('sync_mutation').selectAll();
    const alike = all.where(idAmong('operation_id', [...new Set(ids)]));
    const rows = await (
      personIds === null
        ? alike
        : alike.where((where) =>
            where.or([
              where('device_id', '=', deviceId),
              where.exists(
                where
                  .selectFrom('device_person')
                  .select('person_id')
                  .whereRef('device_person.device_id', '=', 'sync_mutation.device_id')
                  .where(idAmong('person_id', personIds)),
              ),
            ]),
          )
    ).execute();
    if (used.length > 0) {
      const own = all.where('device_id', '=', deviceId).where(idAmong('number', used));
      rows.unshift(...(await own.execute()));
    }
    for (const row of rows) {
      const outcome = JSON.parse(row.outcome) as OperationOutcome;
      const { number, operation_id: operationId, fingerprint } = row;
      const answer = { number, operationId, fingerprint, outcome };
      if (row.device_id === deviceId) answers.#byNumber.set(number, answer);
      answers.#enter(answer);
    }
    return answers;
  }

  add(answer: Answer): void {
    this.#byNumber.set(answer.number, answer);
    this.#enter(answer);
  }

  /** Of an operation whose number is used up. Throws DEVICE_COPIED if it was used for another one. */
  repeated(operation: SentOperation): OperationOutcome {
    const answer = this.#byNumber.get(operation.number);
    if (answer?.operationId === operation.operationId && sameArguments(answer, operation)) {
      return answer.outcome;
    }
    throw new TallymanError(
      'DEVICE_COPIED',
      'This laptop sends other work under numbers that were used before: its data folder was copied or restored.',
      { details: { number: operation.number } },
    );
  }

  /** Of the same operation under a number of another laptop, which this one is a copy of. */
  ofTwin(operation: SentOperation): OperationOutcome | null {
    const answer = this.#byOperation.get(operation.operationId);
    if (answer === undefined || answer.outcome.kind === 'parked') return null;
    return sameArguments(answer, operation) ? answer.outcome : null;
  }

  of(operationId: string): OperationOutcome | null {
    return this.#byOperation.get(operationId)?.outcome ?? null;
  }

  /** One that was parked and sent again later counts as what became of it then. */
  #enter(answer: Answer): void {
    const known = this.#byOperation.get(answer.operationId);
    if (known !== undefined && answer.outcome.kind === 'parked') return;
    this.#byOperation.set(answer.operationId, answer);
  }
}

/**
 * Versions and a hash of what the operation asks for. An operation that waited over an update was re-encoded and hashes
 * differently, so hashes are compared only between equal versions.
 */
export function fingerprintOf(operation: SentOperation): string {
  if ('parked' in operation) return '';
  const { changes } = operation;
  const versions = [...new Set(changes.map(({ entity, version }) => `${entity}@${version}`))];
  const contents = hash('sha256', argumentsOf(operation), 'base64url');
  return `${versions.toSorted().join(',')} ${contents}`;
}

function sameArguments(answer: Answer, operation: SentOperation): boolean {
  if (answer.fingerprint === '' || 'parked' in operation) return true;
  const fingerprint = fingerprintOf(operation);
  return (
    fingerprint === answer.fingerprint || versionsIn(fingerprint) !== versionsIn(answer.fingerprint)
  );
}

function versionsIn(fingerprint: string): string | undefined {
  return fingerprint.split(' ', 1)[0];
}

const ANSWERS: BulkTarget = {
  table: 'sync_mutation',
  columns: ['device_id', 'number', 'operation_id', 'fingerprint', 'outcome', 'answered_at'],
  conflictColumns: null,
};

/** In the transaction of what the operations did. */
export async function saveAnswers(
  store: ServerStore,
  db: Kysely<ServerDatabase>,
  { deviceId, at, answers }: { deviceId: string; at: number; answers: readonly Answer[] },
): Promise<void> {
  const rows = answers.map(({ number, operationId, fingerprint, outcome }) => [
    deviceId,
    number,
    operationId,
    fingerprint,
    JSON.stringify(outcome),
    at,
  ]);
  await store.bulk.write(db, ANSWERS, rows);
}
