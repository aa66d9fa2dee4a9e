import type { ServerStore } from '../store/open-store.ts';
import { audit } from './audit.ts';

const DAY_MS = 86_400_000;

/** Lines of the audit are kept for so long: two years, and so through the stock-taking of the year after. */
export const AUDIT_DAYS = 2 * 366;

/**
 * Removes the lines that are old enough, which the database lets go only while `audit_removal` names their age, and only
 * in a transaction that tells of it. Returns how many went.
 */
export async function removeOldAudit(store: ServerStore, now: number): Promise<number> {
  const before = now - AUDIT_DAYS * DAY_MS;
  return store.writer.transaction().execute(async (db) => {
    await db.insertInto('audit_removal').values({ before_at: before }).execute();
    const { numDeletedRows } = await db
      .deleteFrom('audit')
      .where('at', '<', before)
      .executeTakeFirstOrThrow();
    await db.deleteFrom('audit_removal').execute();
    const lines = Number(numDeletedRows);
    if (lines > 0) {
      const details = { before, lines };
      await audit(store, db, [{ at: now, action: 'removeOldAudit', outcome: 'done', details }]);
    }
    return lines;
  });
}
