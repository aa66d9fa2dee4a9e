import { sameDigest } from '../../shared/sync/digest.ts';
import type { PullCursor } from '../../shared/sync/protocol.ts';
import type { Replica } from '../store/replica.ts';
import { applyPage } from './apply-page.ts';
import { type FirstPage, nextPage } from './pull-pages.ts';
import { repairReplica } from './repair-replica.ts';
import type { RunContext } from './run-context.ts';

/**
 * Brings all rows of a scope into a file that is being filled, from `start` on. Pages are committed one by one, so a killed
 * sync goes on where it was. Returns false if the server's history changed on the way and the file was given up.
 */
export async function fillByPages(
  context: RunContext,
  replica: Replica,
  start: FirstPage,
): Promise<boolean> {
  const startVersion = start.cursor.startVersion ?? start.first.version;
  const cursor: PullCursor = { ...start.cursor, startVersion };
  const expected = start.first.digest.count - replica.state.digest.count;
  context.report.rowsExpected(Math.max(0, expected));
  let page = start.first;
  let { contained } = start;
  for (;;) {
    // The next page is on its way while this one is written; never more than two are held.
    const next = page.more ? nextPage(context, cursor, page) : null;
    next?.catch(() => undefined);
    await commitPage(context, replica, { cursor, first: page, contained });
    if (next === null) break;
    const { answer, contained: ofAnswer } = await next;
    if (answer.kind !== 'page') {
      context.replicas.discard(cursor.scope, 'building');
      return false;
    }
    page = answer;
    contained = ofAnswer;
  }
  if (!sameDigest(replica.state.digest, page.digest)) await repairReplica(context, replica);
  return true;
}

async function commitPage(
  context: RunContext,
  replica: Replica,
  { cursor, first: page, contained }: FirstPage,
): Promise<void> {
  const { startVersion } = cursor;
  replica.begin();
  try {
    const applied = await applyPage(replica, page.entities, context.signal);
    replica.commit(
      page.more
        ? { after: page.after, startVersion }
        : { after: null, startVersion, version: page.version, contained },
    );
    context.report.rowsReceived(applied.rows);
    await context.foldLog(replica);
  } catch (error) {
    replica.rollback();
    throw error;
  }
}
