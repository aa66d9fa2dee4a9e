import { must } from '../../../shared/domain/assert.ts';
import type { Operation, ParkedOperation, RowChange } from '../../../shared/sync/operation.ts';
import type { WritableDatabase } from '../sqlite.ts';
import { heldBack } from './hold-back.ts';
import type { Outbox } from './outbox.ts';

export interface TakeLimits {
  operations: number;
  bytes: number;
  /** Numbers up to this one are on their way already. */
  after?: number | undefined;
  /** People without whom the server takes nothing of theirs: they have to sign in on this laptop first. */
  awaited?: ReadonlySet<string> | undefined;
}

interface WaitingRow {
  position: number;
  operationId: string;
  number: number | null;
  parking: number;
  after: string;
  at: number;
  bytes: number;
  by: string | null;
}

const COLUMNS = `position, operation_id AS operationId, number, parking, after_operations AS after, at, bytes,
  person_id AS "by"`;
const NUMBERED = `SELECT ${COLUMNS} FROM operation
  WHERE state = 'waiting' AND number > ? ORDER BY number LIMIT ?`;
const NOBODY: ReadonlySet<string> = new Set();
/** A row that a person has to decide about keeps its later operations back; all others go. */
const UNNUMBERED = `SELECT ${COLUMNS} FROM operation o
  WHERE state = 'waiting' AND number IS NULL AND position NOT IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (
    SELECT 1 FROM operation_change c
    JOIN conflict k ON k.entity = c.entity AND k.row_id = c.row_id AND k.resolved IS NULL
    WHERE c.position = o.position)
  ORDER BY position LIMIT ?`;

/**
 * The next operations to send, in the order of their numbers. Those that have none yet get the next ones, and that is
 * durable before anything is sent: whatever happens to the request, the same operation is always asked for under the same
 * number.
 */
export function takeOperations(
  db: WritableDatabase,
  outbox: Outbox,
  limits: TakeLimits,
): (Operation | ParkedOperation)[] {
  const { operations: most, bytes, after = 0, awaited = NOBODY } = limits;
  return outbox.together(() => {
    const numbered = db.prepare(NUMBERED).all(after, most) as WaitingRow[];
    const room = most - numbered.length;
    const held = JSON.stringify([...heldBack(db, awaited)]);
    const fresh = room > 0 ? (db.prepare(UNNUMBERED).all(held, room) as WaitingRow[]) : [];
    const rows = withinBytes([...numbered, ...fresh], bytes);
    giveNumbers(
      db,
      rows.filter(({ number }) => number === null),
    );
    const changes = outbox.changesToSend(rows.map(({ position }) => position));
    return rows.map((row) => operationOf(row, changes.get(row.position) ?? []));
  });
}

function giveNumbers(db: WritableDatabase, rows: readonly WaitingRow[]): void {
  if (rows.length === 0) return;
  const device = db.prepare('SELECT device_id AS id, next_number AS next FROM device').get() as {
    id: string;
    next: number;
  };
  const give = db.prepare('UPDATE operation SET number = ?, device_id = ? WHERE position = ?');
  let next = device.next;
  for (const row of rows) {
    row.number = next++;
    give.run(row.number, device.id, row.position);
  }
  db.prepare('UPDATE device SET next_number = ?').run(next);
}

/** At least one, so that a large one gets its turn alone. */
function withinBytes(rows: readonly WaitingRow[], bytesMax: number): WaitingRow[] {
  let bytes = 0;
  return rows.filter(
    (row, at) => (bytes += row.bytes) <= bytesMax || (at === 0 && row.bytes > bytesMax),
  );
}

function operationOf(row: WaitingRow, changes: readonly RowChange[]): Operation | ParkedOperation {
  const { operationId, at, by } = row;
  const number = must(row.number, 'the number of an operation that is sent');
  if (row.parking === 1) return { operationId, number, parked: true };
  const after = JSON.parse(row.after) as string[];
  return { operationId, number, changes: [...changes], after, at, ...(by === null ? {} : { by }) };
}
