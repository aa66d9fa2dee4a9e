import type { EntityPage } from '../../shared/sync/protocol.ts';
import { assertPageColumns } from '../../shared/sync/row-check.ts';
import type { Replica } from '../store/replica.ts';
import { breathe } from '../store/breathe.ts';

/**
 * Rows written between two breaths of the worker: about 10 ms with the search index, so that a scan that waits to be
 * stored never waits long.
 */
const ROWS_PER_STEP = 500;

export interface AppliedCounts {
  rows: number;
  deletes: number;
}

/** Writes one page into the open transaction of a replica, in bounded steps. */
export async function applyPage(
  replica: Replica,
  entities: readonly EntityPage[],
  signal: AbortSignal,
): Promise<AppliedCounts> {
  const applied = { rows: 0, deletes: 0 };
  for (const page of entities) {
    assertPageColumns(page.entity, page.columns);
    for (let from = 0; from < page.rows.length; from += ROWS_PER_STEP) {
      replica.putRows(page.entity, page.rows.slice(from, from + ROWS_PER_STEP));
      await breathe(signal);
    }
    for (let from = 0; from < page.deletes.length; from += ROWS_PER_STEP) {
      applied.deletes += replica.removeRows(
        page.entity,
        page.deletes.slice(from, from + ROWS_PER_STEP),
      );
      await breathe(signal);
    }
    applied.rows += page.rows.length;
  }
  return applied;
}
