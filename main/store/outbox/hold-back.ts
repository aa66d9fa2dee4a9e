import type { WritableDatabase } from '../sqlite.ts';
import type { OutboxStore } from './outbox-store.ts';

interface Row {
  position: number;
  operationId: string;
  by: string | null;
  after: string;
  rows: string;
}

const IN_ORDER = `SELECT position, operation_id AS operationId, person_id AS "by", after_operations AS after,
    (SELECT json_group_array(c.entity || ' ' || c.row_id) FROM operation_change c
     WHERE c.position = o.position) AS rows
  FROM operation o WHERE state = 'waiting' AND number IS NULL ORDER BY position`;

/**
 * Positions of operations without a number that cannot be sent before certain people have signed in: their own, and
 * whatever builds on those, which the server could only refuse.
 */
export function heldBack(db: WritableDatabase, awaited: ReadonlySet<string>): Set<number> {
  const held = new Set<number>();
  if (awaited.size === 0) return held;
  const operations = new Set<string>();
  const touched = new Set<string>();
  for (const one of db.prepare(IN_ORDER).iterate() as IterableIterator<Row>) {
    const rows = JSON.parse(one.rows) as string[];
    const isHeld =
      (one.by !== null && awaited.has(one.by)) ||
      rows.some((row) => touched.has(row)) ||
      (JSON.parse(one.after) as string[]).some((id) => operations.has(id));
    if (!isHeld) continue;
    held.add(one.position);
    operations.add(one.operationId);
    for (const row of rows) touched.add(row);
  }
  return held;
}

/** The server has answered nothing from this number on, so what waits can be numbered in another order. */
export function giveNumbersBack({ db, outbox }: OutboxStore, from: number): void {
  outbox.together(() => {
    db.prepare(
      `UPDATE operation SET number = NULL, device_id = NULL, parking = 0
       WHERE state = 'waiting' AND number >= ?`,
    ).run(from);
    db.prepare('UPDATE device SET next_number = ?').run(from);
  });
}
