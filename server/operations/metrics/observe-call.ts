import type { PullOutput, PushOutput } from '../../../shared/sync/protocol.ts';
import type { OperationOutcome } from '../../../shared/sync/operation.ts';
import type { SnapshotOutput } from '../../../shared/sync/snapshot.ts';
import type { ServerMetrics } from './server-metrics.ts';

export interface ObservedCall {
  /** Of a procedure that there is. */
  path: string;
  seconds: number;
  /** `ok`, or the code of the error. */
  outcome: string;
  /** What it answered; undefined if it failed. */
  data: unknown;
}

const BY_PATH: Readonly<Record<string, (metrics: ServerMetrics, data: unknown) => void>> = {
  'sync.push': (metrics, data) => observePush(metrics, data as PushOutput),
  'sync.pull': (metrics, data) => observePull(metrics, data as PullOutput),
  'sync.snapshot': (metrics, data) => {
    const { manifest } = data as SnapshotOutput;
    metrics.snapshotsAsked.inc({ outcome: manifest === null ? 'none' : 'offered' });
  },
};

const SIGN_INS: ReadonlyMap<string, string> = new Map([
  ['auth.signIn', 'password'],
  ['auth.refresh', 'refresh'],
]);

/** Counts a call, and what its answer tells. */
export function observeCall(
  metrics: ServerMetrics,
  { path, seconds, outcome, data }: ObservedCall,
): void {
  metrics.calls.observe({ procedure: path, outcome }, seconds);
  if (outcome === 'TOO_MANY_REQUESTS') metrics.rateLimited.inc({ kind: 'call' });
  const how = SIGN_INS.get(path);
  if (how !== undefined) metrics.signIns.inc({ how, outcome });
  if (outcome === 'ok') BY_PATH[path]?.(metrics, data);
}

function observePush(metrics: ServerMetrics, { results, stop }: PushOutput): void {
  for (const { outcome, repeated } of results) {
    metrics.operations.inc({ outcome: repeated ? 'repeated' : nameOf(outcome) });
  }
  if (stop !== null) metrics.operations.inc({ outcome: stop.kind });
}

/** As the protocol tells laptops: what was applied with fields of somebody else is merged. */
function nameOf(outcome: OperationOutcome): string {
  return outcome.kind === 'applied' && outcome.merged.length > 0 ? 'merged' : outcome.kind;
}

function observePull(metrics: ServerMetrics, { scopes }: PullOutput): void {
  for (const answer of scopes) {
    if (answer.kind === 'resync') metrics.resyncs.inc({ reason: answer.reason });
    if (answer.kind !== 'page') continue;
    for (const { rows, deletes } of answer.entities) {
      metrics.rowsPulled.inc(rows.length);
      metrics.deletesPulled.inc(deletes.length);
    }
  }
}
