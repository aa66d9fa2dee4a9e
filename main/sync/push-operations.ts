import { setTimeout as delay } from 'node:timers/promises';
import { TallymanError } from '../../shared/errors.ts';
import { PUSH_BYTES_MAX, PUSH_OPERATIONS_MAX } from '../../shared/sync/operation.ts';
import { PROTOCOL_VERSION, type PushInput, type PushOutput } from '../../shared/sync/protocol.ts';
import { forgiveFailures, noteFailure } from '../store/outbox/failing-operation.ts';
import { renewDevice } from '../store/outbox/renew-device.ts';
import { settleOperations } from '../store/outbox/settle-operations.ts';
import { type TakeLimits, takeOperations } from '../store/outbox/take-operations.ts';
import type { RunContext } from './run-context.ts';

/** A laptop that is refused its identity again and again has another trouble. */
const RENEWALS_PER_RUN_MAX = 3;
/** If more than this seem to fail by themselves, it is the server that fails. */
const PARKED_PER_RUN_MAX = 3;
/** The longest that a run waits before it tries a failing operation again. */
const RETRY_WAIT_MAX_MS = 1_000;
/** Between attempts at one operation that makes the whole request fail. */
const ALONE_WAIT_MS = 100;

export interface PushLimits extends TakeLimits {
  /** Requests made before the rest is left. */
  requests: number;
}

const ALL: PushLimits = {
  operations: PUSH_OPERATIONS_MAX,
  bytes: PUSH_BYTES_MAX,
  requests: Number.POSITIVE_INFINITY,
};

/**
 * The second and third stage of a run: sends what people did, in order, until nothing waits, and files the answers. Every
 * step can be cut off and done again: numbers are durable before the request, and the server gives a repeated number its
 * first answer.
 */
export async function pushOperations(context: RunContext, limits: PushLimits = ALL): Promise<void> {
  const tries = { renewals: 0, parked: 0 };
  for (let request = 0; request < limits.requests; request++) {
    const operations = takeOperations(context.work.db, context.work.outbox, limits);
    if (operations.length === 0) return;
    context.report.phase('sending', null);
    const answer = await push(context, operations, tries);
    if (answer === null) continue;
    fileAnswers(context, answer);
    if (answer.stop?.kind === 'gap') {
      renew(context, tries, answer.stop.expected);
    } else if (answer.stop?.kind === 'retry') {
      await retryLater(context, operations, { stop: answer.stop, tries });
    } else if (answer.results.length === 0) {
      throw new TallymanError('SERVER_ERROR', 'The server did not answer what was sent to it.');
    }
  }
}

/** What the server answered from a number on and has lost since, and then what waits. */
export async function sendLostAgain(context: RunContext, lostFrom: number): Promise<void> {
  renew(context, { renewals: 0, parked: 0 }, lostFrom);
  await pushOperations(context);
}

/**
 * After a push that the server failed at as a whole while it answered a pull: sends ever fewer operations at a time until
 * the one that it cannot digest is alone, has that one passed over, and goes on with all that is left.
 */
export async function pushAroundFailure(context: RunContext): Promise<void> {
  let operations = PUSH_OPERATIONS_MAX;
  while (context.work.outbox.hasSendable()) {
    try {
      await pushOperations(context, {
        ...ALL,
        operations,
        requests: operations === 1 ? 1 : ALL.requests,
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
  const [first] = takeOperations(context.work.db, context.work.outbox, { ...ALL, operations: 1 });
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

interface Tries {
  renewals: number;
  parked: number;
}

/** Null if the laptop goes on under a new id and has to take the operations again. */
async function push(
  context: RunContext,
  operations: PushInput['operations'],
  tries: Tries,
): Promise<PushOutput | null> {
  try {
    const answer = await context.server.push(
      {
        protocol: PROTOCOL_VERSION,
        deviceId: context.work.deviceId(),
        serverId: context.work.trustedServer(),
        operations,
      },
      context.signal,
    );
    assertTrusted(context, answer.serverId);
    return answer;
  } catch (error) {
    if (!(error instanceof TallymanError) || error.code !== 'DEVICE_COPIED') throw error;
    renew(context, tries, null);
    return null;
  }
}

function assertTrusted(context: RunContext, serverId: string): void {
  const trusted = context.work.trustedServer();
  if (trusted === null || trusted === serverId) return;
  throw new TallymanError(
    'SERVER_REPLACED',
    'This is not the server that this laptop synced with before. Nothing was changed.',
  );
}

function fileAnswers(context: RunContext, { results }: PushOutput): void {
  const { work, now, newId } = context;
  const settled = settleOperations(work, results, { now: now(), newId, rowOf: context.rowOf });
  context.report.operationsSent(settled.operations);
  if (settled.conflicts > 0) context.report.conflictsFound(settled.conflicts);
  if (settled.entities.size > 0) context.report.dataChanged([...settled.entities]);
}

function renew(context: RunContext, tries: Tries, lostFrom: number | null): void {
  if (++tries.renewals > RENEWALS_PER_RUN_MAX) {
    throw new TallymanError('DEVICE_COPIED', 'The server refuses this laptop again and again.');
  }
  const deviceId = context.newId();
  const count = renewDevice(context.work, { deviceId, lostFrom });
  context.work.addNote({ type: 'deviceRenewed', deviceId }, context.now());
  if (count > 0) context.work.addNote({ type: 'operationsResent', count }, context.now());
}

async function retryLater(
  context: RunContext,
  operations: PushInput['operations'],
  { stop, tries }: { stop: Extract<PushOutput['stop'], { kind: 'retry' }>; tries: Tries },
): Promise<void> {
  const failed = operations.find(({ number }) => number === stop.number);
  const failure = new TallymanError(stop.code, stop.message);
  // A busy or older server says nothing about the operation: the whole run comes again later.
  if (!failed || stop.code === 'SERVER_BUSY' || stop.code === 'UPGRADE_REQUIRED') throw failure;
  if (noteFailure(context.work.db, failed.operationId)) tries.parked += 1;
  if (tries.parked > PARKED_PER_RUN_MAX) {
    forgiveFailures(context.work.db);
    throw failure;
  }
  await pause(context, Math.min(stop.afterMs, RETRY_WAIT_MAX_MS));
}

async function pause(context: RunContext, ms: number): Promise<void> {
  try {
    await delay(ms, undefined, { signal: context.signal });
  } catch (cause) {
    throw new TallymanError('CANCELLED', 'Cancelled.', { cause });
  }
}
