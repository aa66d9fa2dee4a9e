import type { Operation, OperationOutcome } from '../../shared/sync/operation.ts';
import { siteIdOf, type Scope } from '../../shared/sync/scope.ts';
import type { SentOperation } from '../sync/push/answers.ts';
import type { AuditEntry } from './audit.ts';

/** Rows of an operation that its line names; all are counted. The answer that is stored with its number has the rest. */
const ROWS_NAMED_MAX = 20;
/** Names of entities come from laptops. */
const NAME_LENGTH_MAX = 64;
const MESSAGE_LENGTH_MAX = 500;

export interface Delivery {
  /** Whose session it is; null on a server without accounts. */
  personId: string | null;
  requestId: string;
}

export interface JudgedOperation {
  operation: SentOperation;
  outcome: OperationOutcome;
}

interface Judged {
  deviceId: string;
  at: number;
  delivery: Delivery;
  /** Those whose work the laptop may bring; null on a server without accounts, which believes what it is told. */
  personIds: readonly string[] | null;
  judged: readonly JudgedOperation[];
}

/** One line for each operation: what its author did, and what became of it. */
export function operationEntries(all: Judged): AuditEntry[] {
  const { deviceId, at, delivery, personIds, judged } = all;
  return judged.map(({ operation, outcome }) => {
    const by = ('parked' in operation ? null : operation.by) ?? delivery.personId;
    const isBelieved = by === null || personIds === null || personIds.includes(by);
    const personId = isBelieved ? by : null;
    return {
      at,
      action: 'operation',
      personId,
      deviceId,
      deliveredBy: personId === delivery.personId ? null : delivery.personId,
      requestId: delivery.requestId,
      siteId: siteOf(outcome),
      subject: operation.operationId,
      outcome: outcome.kind,
      details: {
        ...(isBelieved ? {} : { claimed: by }),
        ...rowsOf(operation),
        ...reasonOf(outcome),
      },
    };
  });
}

function siteOf(outcome: OperationOutcome): string | null {
  if (!('versions' in outcome)) return null;
  const sites = Object.keys(outcome.versions).map((scope) => siteIdOf(scope as Scope));
  return sites.find((siteId) => siteId !== null) ?? null;
}

/** `location update 0190…`, one text for each row. */
function rowsOf(operation: SentOperation): { rows?: string[]; count?: number } {
  if ('parked' in operation) return {};
  const { changes }: Operation = operation;
  const named = changes.slice(0, ROWS_NAMED_MAX);
  return {
    rows: named.map(({ kind, entity, id }) => `${nameOf(entity)} ${kind} ${id}`),
    ...(changes.length > named.length ? { count: changes.length } : {}),
  };
}

function nameOf(entity: string): string {
  return entity.slice(0, NAME_LENGTH_MAX).replaceAll(/[^a-z0-9_]/g, '?');
}

function reasonOf(outcome: OperationOutcome): { code?: string; message?: string } {
  if (outcome.kind !== 'rejected') return {};
  return { code: outcome.code, message: outcome.message.slice(0, MESSAGE_LENGTH_MAX) };
}
