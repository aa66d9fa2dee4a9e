import type { OutboxStore } from './outbox-store.ts';

export interface UnsentOperation {
  operationId: string;
  personId: string | null;
  /** JSON of it: when it was done, and what it changed from what. */
  operation: string;
}

const UNSENT = `SELECT position, operation_id AS operationId, person_id AS personId, at, bytes FROM operation
  WHERE state = 'waiting' AND position > ? ORDER BY position LIMIT ?`;

interface UnsentRow extends Omit<UnsentOperation, 'operation'> {
  position: number;
  at: number;
  bytes: number;
}

/** Operations that the server has not answered, after a position, in the order in which they were done. At least one. */
export function takeUnsent(
  { db, outbox }: OutboxStore,
  { after, limit, bytesMax }: { after: number; limit: number; bytesMax: number },
): { operations: UnsentOperation[]; last: number } {
  let bytes = 0;
  const rows = (db.prepare(UNSENT).all(after, limit) as UnsentRow[]).filter(
    (row, at) => (bytes += row.bytes) <= bytesMax || at === 0,
  );
  const changes = outbox.changesToSend(rows.map(({ position }) => position));
  return {
    operations: rows.map(({ position, operationId, personId, at }) => ({
      operationId,
      personId,
      operation: JSON.stringify({ at, changes: changes.get(position) ?? [] }),
    })),
    last: rows.at(-1)?.position ?? after,
  };
}
