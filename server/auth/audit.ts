import type { Kysely } from 'kysely';
import { assert } from '../../shared/domain/assert.ts';
import type { BulkTarget } from '../store/bulk-writer.ts';
import type { ServerStore } from '../store/open-store.ts';
import type { ServerDatabase } from '../store/server-database.ts';

/** What the details of a line may be as JSON. Whoever writes longer ones has to cut them. */
export const AUDIT_DETAILS_MAX = 4_000;

/** Who did what, and how it ended. What is left out is nobody's or nothing's. */
export interface AuditEntry {
  at: number;
  /** `operation`, the path of a procedure, or what happened to a session. */
  action: string;
  personId?: string | null | undefined;
  deviceId?: string | null | undefined;
  /** Whose session brought it, if that was somebody else. */
  deliveredBy?: string | null | undefined;
  requestId?: string | null | undefined;
  siteId?: string | null | undefined;
  /** The id of what it was done to. */
  subject?: string | null | undefined;
  /** One word: `applied`, `done`, or a code of `shared/errors.ts`. */
  outcome: string;
  /** Never secrets. */
  details?: Readonly<Record<string, unknown>> | null | undefined;
}

const AUDIT: BulkTarget = {
  table: 'audit',
  columns: [
    'id',
    'at',
    'action',
    'person_id',
    'device_id',
    'delivered_by',
    'request_id',
    'site_id',
    'subject',
    'outcome',
    'details',
  ],
  conflictColumns: null,
};

/** Adds lines to the audit, in the transaction of what they tell of. */
export async function audit(
  store: Pick<ServerStore, 'bulk' | 'newId'>,
  db: Kysely<ServerDatabase>,
  entries: readonly AuditEntry[],
): Promise<void> {
  const rows = entries.map((entry) => [
    store.newId(),
    entry.at,
    entry.action,
    entry.personId ?? null,
    entry.deviceId ?? null,
    entry.deliveredBy ?? null,
    entry.requestId ?? null,
    entry.siteId ?? null,
    entry.subject ?? null,
    entry.outcome,
    detailsOf(entry),
  ]);
  await store.bulk.write(db, AUDIT, rows);
}

function detailsOf({ action, details = null }: AuditEntry): string | null {
  if (details === null) return null;
  const text = JSON.stringify(details);
  assert(text.length <= AUDIT_DETAILS_MAX, `the audit of ${action} has too long details`);
  return text;
}
