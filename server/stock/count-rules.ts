import { mayApproveCounts } from '../../shared/domain/may-approve-counts.ts';
import { nextCode, nextCount } from '../../shared/domain/next-count.ts';
import type { CountObservation } from '../../shared/entities/count-observation.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { COUNT_STAGES, stockCount, type StockCount } from '../../shared/entities/stock-count.ts';
import { person, type Person } from '../../shared/entities/person.ts';
import { fromStored, toStored } from '../../shared/entities/stored-row.ts';
import { validRow } from '../sync/push/check-row.ts';
import { OperationRefused } from '../sync/push/operation-refused.ts';
import type { RowDraft } from '../sync/push/row-draft.ts';
import { isAtLeast } from '../auth/actor.ts';
import { type Author, roleAt } from '../auth/author.ts';
import type { EffectContext, WrittenRow } from '../sync/push/row-effects.ts';

/** Codes that are tried for the next count, if people have used those after the last one already. */
const CODES_TRIED_MAX = 100;

/** Holds a count to its way: approved once, by somebody who did not count, and never both approved and cancelled. */
export async function followStage(
  draft: RowDraft,
  { before, row }: WrittenRow,
  { author }: EffectContext,
): Promise<void> {
  const count = row as unknown as StockCount;
  const { approved, cancelled } = COUNT_STAGES;
  const was = before?.['stage'] ?? null;
  if (was === approved && count.stage !== approved) {
    throw refused(count, 'This count was approved, and what it found is posted. Plan another one.');
  }
  if (count.stage === cancelled && count.approved_by !== null) {
    throw refused(count, 'This count was cancelled meanwhile and cannot be approved.');
  }
  if (count.stage !== approved || was === approved) return;
  if (count.approved_by === null) {
    throw refused(count, 'Say who you are before you approve a count.');
  }
  const own = await draft.find({
    entity: 'count_observation',
    columns: ['count_id', 'person_id'],
    values: [count.id, count.approved_by],
  });
  if (own.length > 0) {
    throw refused(count, 'Who counted cannot approve the count. Ask somebody else.');
  }
  if (author !== null && author.personId !== count.approved_by) {
    throw refused(count, 'Nobody approves a count in the name of somebody else.');
  }
  const may = author === null ? await isApprover(draft, count) : isApproverAt(author, count);
  if (!may) throw refused(count, 'Only a supervisor or an administrator approves counts. Ask one.');
  await planNext(draft, count);
}

/** Without sign-ins it is believed who somebody says to be. */
async function isApprover(draft: RowDraft, { approved_by: id }: StockCount): Promise<boolean> {
  const held = id === null ? null : await draft.get('person', id);
  return held !== null && mayApproveCounts(fromStored(person, held) as Person);
}

/** Who is a supervisor elsewhere is none here. */
function isApproverAt(author: Author, { site_id }: StockCount): boolean {
  const role = roleAt(author, stockCount, { site_id });
  return role !== null && isAtLeast(role, 'supervisor');
}

/** Throws OperationRefused for what somebody wants to have seen who has approved the count. */
export async function admitObservation(draft: RowDraft, { row }: WrittenRow): Promise<void> {
  const { id, count_id: countId, person_id: personId } = row as unknown as CountObservation;
  if (personId === null) return;
  const count = await draft.get('stock_count', countId);
  if (count?.['approved_by'] !== personId) return;
  throw new OperationRefused(
    'FORBIDDEN',
    'Who approved a count cannot add to it. Ask somebody else to count.',
    { details: { id } },
  );
}

async function planNext(draft: RowDraft, count: StockCount): Promise<void> {
  const next = nextCount(count);
  if (next === null || (await draft.get('stock_count', next.id)) !== null) return;
  for (let tries = 0; tries < CODES_TRIED_MAX; tries++) {
    if (!(await isTaken(draft, next))) {
      draft.put('stock_count', next.id, validRow(stockCount, toStored(next)));
      return;
    }
    next.code = nextCode(next.code);
  }
}

async function isTaken(draft: RowDraft, { site_id, code }: StockCount): Promise<boolean> {
  const columns = ['site_id', 'code'];
  const rows: StoredRow[] = await draft.find({
    entity: 'stock_count',
    columns,
    values: [site_id, code],
  });
  return rows.length > 0;
}

function refused({ id, code }: StockCount, sentence: string): OperationRefused {
  return new OperationRefused('FORBIDDEN', sentence, { details: { id, count: code } });
}
