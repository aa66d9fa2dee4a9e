import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { TallymanError } from '../../shared/errors.ts';
import { PUSH_BYTES_MAX, PUSH_OPERATIONS_MAX } from '../../shared/sync/operation.ts';
import { PROTOCOL_VERSION, type PushInput, type PushOutput } from '../../shared/sync/protocol.ts';
import { forgiveFailures, noteFailure } from '../store/outbox/failing-operation.ts';
import { giveNumbersBack } from '../store/outbox/hold-back.ts';
import { renewDevice } from '../store/outbox/renew-device.ts';
import { type TakeLimits, takeOperations } from '../store/outbox/take-operations.ts';
import { fileAnswers, fileAndTake } from './file-answers.ts';
import type { RunContext } from './run-context.ts';

/** A laptop that is refused its identity again and again has another trouble. */
const RENEWALS_PER_RUN_MAX = 3;
/** If more than this seem to fail by themselves, it is the server that fails. */
const PARKED_PER_RUN_MAX = 3;
/** The longest that a run waits before it tries a failing operation again. */
const RETRY_WAIT_MAX_MS = 1_000;

export interface PushLimits extends TakeLimits {
  /** Requests made before the rest is left. */
  requests: number;
}

export const EVERYTHING: PushLimits = {
  operations: PUSH_OPERATIONS_MAX,
  bytes: PUSH_BYTES_MAX,
  requests: Number.POSITIVE_INFINITY,
};

/**
 * The second and third stage of a run: sends what people did, in order, until nothing waits, and files the answers. Every
 * step can be cut off and done again: numbers are durable before the request, and the server gives a repeated number its
 * first answer.
 *
 * One request is under way at a time. While the server works on it, the answers to the one before are filed and the next
 * operations get their numbers, both in one commit; anything but a full answer lets them be taken anew.
 */
export async function pushOperations(
  context: RunContext,
  most: PushLimits = EVERYTHING,
): Promise<void> {
  const limits = { ...most, awaited: context.awaited };
  const tries = { renewals: 0, parked: 0 };
  let unfiled: PushOutput['results'] = [];
  let operations = takeOperations(context.work.db, context.work.outbox, limits);
  for (let request = 0; request < limits.requests && operations.length > 0; request++) {
    context.report.phase('sending', null);
    const answering = push(context, operations);
    // Whoever reads ahead below may fail first; a failure of the request is met where it is awaited.
    answering.catch(() => undefined);
    // Lets the request leave before this thread is busy with the files.
    await setImmediate();
    const after = operations.at(-1)?.number;
    const next = fileAndTake(context, unfiled, { ...limits, after });
    unfiled = [];
    const answer = await answering;
    if (next.length > 0 && answer?.stop === null && answer.results.length === operations.length) {
      unfiled = answer.results;
      operations = next;
      continue;
    }
    if (answer === null) renew(context, tries, null);
    else await settle(context, { operations, answer, tries });
    operations = takeOperations(context.work.db, context.work.outbox, limits);
  }
  fileAnswers(context, unfiled);
}

/** Files an answer and does what it says about the operations that are not in it. */
async function settle(
  context: RunContext,
  { operations, answer, tries }: { operations: Batch; answer: PushOutput; tries: Tries },
): Promise<void> {
  const { results, stop } = answer;
  fileAnswers(context, results);
  if (stop?.kind === 'gap') {
    renew(context, tries, stop.expected);
  } else if (stop?.kind === 'retry') {
    await retryLater(context, operations, { stop, tries });
  } else if (results.length === 0) {
    throw new TallymanError('SERVER_ERROR', 'The server did not answer what was sent to it.');
  }
}

/** What the server answered from a number on and has lost since, and then what waits. */
export async function sendLostAgain(context: RunContext, lostFrom: number): Promise<void> {
  renew(context, { renewals: 0, parked: 0 }, lostFrom);
  await pushOperations(context);
}

type Batch = PushInput['operations'];

interface Tries {
  renewals: number;
  parked: number;
}

/** Null if the laptop has to go on under a new id and take the operations again. */
async function push(context: RunContext, operations: Batch): Promise<PushOutput | null> {
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
    if (error instanceof TallymanError && error.code === 'DEVICE_COPIED') return null;
    throw error;
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
  operations: Batch,
  { stop, tries }: { stop: Extract<PushOutput['stop'], { kind: 'retry' }>; tries: Tries },
): Promise<void> {
  const failed = operations.find(({ number }) => number === stop.number);
  const failure = new TallymanError(stop.code, stop.message);
  if (failed && stop.code === 'UNAUTHORIZED') {
    holdBack(context, failed, failure);
    return;
  }
  // A busy or older server says nothing about the operation: the whole run comes again later.
  if (!failed || stop.code === 'SERVER_BUSY' || stop.code === 'UPGRADE_REQUIRED') throw failure;
  if (noteFailure(context.work.db, failed.operationId)) tries.parked += 1;
  if (tries.parked > PARKED_PER_RUN_MAX) {
    forgiveFailures(context.work.db);
    throw failure;
  }
  await pause(context, Math.min(stop.afterMs, RETRY_WAIT_MAX_MS));
}

/** Whoever did it comes sooner or later; until then the work of others goes on without it. The next run asks again. */
function holdBack({ work, awaited }: RunContext, failed: Batch[number], failure: Error): void {
  const by = 'parked' in failed ? undefined : failed.by;
  if (by === undefined || awaited.has(by)) throw failure;
  awaited.add(by);
  giveNumbersBack(work, failed.number);
}

export async function pause(context: RunContext, ms: number): Promise<void> {
  try {
    await delay(ms, undefined, { signal: context.signal });
  } catch (cause) {
    throw new TallymanError('CANCELLED', 'Cancelled.', { cause });
  }
}
