import type { Actor } from '../../auth/actor.ts';
import { assertOwnDevice } from '../../auth/own-device.ts';
import { Authors } from '../../auth/authors.ts';
import { type ErrorCode, TallymanError } from '../../../shared/errors.ts';
import type { PushInput, PushOutput } from '../../../shared/sync/protocol.ts';
import type { ServerStore } from '../../store/open-store.ts';
import { admit } from '../admission.ts';
import { commitChanges } from '../scope-commit.ts';
import type { SentOperation } from './answers.ts';
import { type BatchAnswer, type BatchContext, pushBatch } from './push-batch.ts';
import { scopesOfOperations } from './scopes-of-operations.ts';

/** What is to be expected to pass by itself is gone sooner than what somebody has to mend. */
const RETRY_AFTER_MS = 5_000;

/** Of the store or the request as a whole: no single operation is to blame, and none is to be parked for it. */
const OF_THE_REQUEST: ReadonlySet<ErrorCode> = new Set([
  'DEVICE_COPIED',
  'SERVER_BUSY',
  'DISK_FULL',
  'STORE_DAMAGED',
  'DATA_FOLDER_MISSING',
]);

export interface PushServices {
  store: ServerStore;
  now: () => number;
  actor: Actor;
  requestId: string;
  /** Of failures that nobody expected, with the number of the operation. Laptops are told only that there was one. */
  reportFailure: (error: unknown, number: number) => void;
}

/**
 * Takes in what a laptop did, exactly once however often it is sent. All operations of a request are one transaction. If
 * the database refuses that, which the checks before should have foreseen, each becomes one of its own, so that only the
 * one to blame stays behind.
 */
export async function push(
  { store, now, actor, requestId, reportFailure }: PushServices,
  input: PushInput,
): Promise<PushOutput> {
  admit(store, input);
  const { deviceId, protocol, operations } = input;
  assertOwnDevice(actor, deviceId);
  const context: BatchContext = {
    store,
    now,
    device: { deviceId, protocol },
    authors: await Authors.read(store, actor, input),
    delivery: { personId: actor.kind === 'person' ? actor.personId : null, requestId },
  };
  const { results, stop } = await pushTogether(context, operations);
  if (stop?.kind !== 'failed') return { serverId: store.serverId, results, stop };
  const { number, error } = stop;
  if (!isAwaited(error)) reportFailure(error, number);
  return { serverId: store.serverId, results, stop: retryOf(number, error) };
}

async function pushTogether(
  context: BatchContext,
  operations: readonly SentOperation[],
): Promise<BatchAnswer> {
  try {
    return await commit(context, operations);
  } catch (error) {
    if (isOfTheRequest(error)) throw error;
    return pushOneByOne(context, operations);
  }
}

async function pushOneByOne(
  context: BatchContext,
  operations: readonly SentOperation[],
): Promise<BatchAnswer> {
  const together: BatchAnswer = { results: [], stop: null };
  for (const operation of operations) {
    try {
      const { results, stop } = await commit(context, [operation]);
      together.results.push(...results);
      together.stop = stop;
    } catch (error) {
      if (isOfTheRequest(error)) throw error;
      together.stop = { kind: 'failed', number: operation.number, error };
    }
    if (together.stop !== null) break;
  }
  return together;
}

async function commit(
  context: BatchContext,
  operations: readonly SentOperation[],
): Promise<BatchAnswer> {
  const { result } = await commitChanges(
    context.store,
    (tx) => pushBatch(tx, context, operations),
    { scopes: scopesOfOperations(operations) },
  );
  return result;
}

function isOfTheRequest(error: unknown): boolean {
  return error instanceof TallymanError && OF_THE_REQUEST.has(error.code);
}

/** The author has to sign in on the laptop first. Laptops hold such work back and go on; nothing is wrong here. */
function isAwaited(error: unknown): boolean {
  return error instanceof TallymanError && error.code === 'UNAUTHORIZED';
}

const TOLD: ReadonlySet<ErrorCode> = new Set(['UPGRADE_REQUIRED', 'UNAUTHORIZED']);

function retryOf(number: number, error: unknown): PushOutput['stop'] {
  const isTold = error instanceof TallymanError && TOLD.has(error.code);
  return {
    kind: 'retry',
    number,
    code: isTold ? error.code : 'SERVER_ERROR',
    message: isTold
      ? error.message
      : 'The server met an unexpected error with this. Its log says more.',
    afterMs: RETRY_AFTER_MS,
  };
}
