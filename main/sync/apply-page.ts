import type { EntityPage } from '../../shared/sync/protocol.ts';
import { assertPageColumns } from '../../shared/sync/row-check.ts';
import type { Replica } from '../store/replica.ts';
import { breathePaced } from '../store/breathe.ts';

/** Written at once: a millisecond or two, however many indexes a row has. */
const ROWS_PER_PIECE = 25;

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
  const breath = breathePaced(signal);
  for (const page of entities) {
    assertPageColumns(page.entity, page.columns);
    for (let from = 0; from < page.rows.length; from += ROWS_PER_PIECE) {
      replica.putRows(page.entity, page.rows.slice(from, from + ROWS_PER_PIECE));
      await breath();
    }
    for (let from = 0; from < page.deletes.length; from += ROWS_PER_PIECE) {
      applied.deletes += replica.removeRows(
        page.entity,
        page.deletes.slice(from, from + ROWS_PER_PIECE),
      );
      await breath();
    }
    applied.rows += page.rows.length;
  }
  return applied;
}
