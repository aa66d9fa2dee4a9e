import { TallymanError } from '../../shared/errors.ts';
import type { Replica } from '../store/replica.ts';
import { type AppliedCounts, applyPage } from './apply-page.ts';
import { breathePaced } from '../store/breathe.ts';
import { type FirstPage, nextPage, type ScopePage } from './pull-pages.ts';
import type { RunContext } from './run-context.ts';

/** A pull that removes more rows than this, and more than this share of the scope, stops until a person has agreed. */
const MASS_DELETE_ROWS = 200;
const MASS_DELETE_SHARE = 0.05;
/** Products whose search documents are written at once: a few milliseconds. */
const REINDEX_ROWS_PER_PIECE = 20;

/**
 * Brings a complete replica from its version to the server's. However many pages that takes, they are one transaction:
 * readers see the old point in time or the new one, and a kill in between leaves the old one.
 * Returns the last page, which is the point reached.
 */
export async function pullDelta(
  context: RunContext,
  replica: Replica,
  { cursor, first, contained: firstContained }: FirstPage,
): Promise<ScopePage> {
  const changed = new Set<string>();
  const rowsBefore = replica.state.digest.count;
  let deletes = 0;
  let page = first;
  let contained = firstContained;
  replica.begin();
  try {
    for (;;) {
      // The next page is on its way while this one is written; never more than two are held.
      const next = page.more ? nextPage(context, cursor, page) : null;
      next?.catch(() => undefined);
      const applied = await applyPage(replica, page.entities, context.signal);
      note(context, applied);
      for (const { entity } of page.entities) changed.add(entity);
      deletes += applied.deletes;
      assertNoMassDelete(context, deletes, rowsBefore);
      if (next === null) break;
      const { answer, contained: ofAnswer } = await next;
      if (answer.kind !== 'page') {
        throw new TallymanError('SERVER_BUSY', 'The server changed its history during the sync.');
      }
      page = answer;
      contained = ofAnswer;
    }
    const breath = breathePaced(context.signal);
    while (replica.reindexStep(REINDEX_ROWS_PER_PIECE)) await breath();
    for (const _ of replica.mergeSteps()) await breath();
    replica.commit({ version: page.version, contained });
  } catch (error) {
    replica.rollback();
    throw error;
  }
  await context.foldLog(replica);
  if (changed.size > 0) context.report.dataChanged([...changed]);
  return page;
}

export function assertNoMassDelete(context: RunContext, deletes: number, rowsBefore: number): void {
  if (context.accepted) return;
  if (deletes <= MASS_DELETE_ROWS || deletes <= rowsBefore * MASS_DELETE_SHARE) return;
  throw new TallymanError(
    'MASS_DELETE',
    `The server wants to remove ${deletes} of ${rowsBefore} rows. Nothing was changed; please confirm that this is right.`,
    { details: { deletes, rowsBefore } },
  );
}

function note(context: RunContext, applied: AppliedCounts): void {
  context.report.rowsReceived(applied.rows);
  context.report.rowsDeleted(applied.deletes);
}
