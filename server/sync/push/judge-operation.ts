import { admitChange } from '../../auth/admit-change.ts';
import type { Author } from '../../auth/author.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { AnyEntity } from '../../../shared/entities/registry.ts';
import { isJudgedAsOne } from '../../../shared/sync/judged-as-one.ts';
import { judgeChange, rowConflict } from '../../../shared/sync/judge-change.ts';
import type { MergedField, RowChange, RowConflict } from '../../../shared/sync/operation.ts';
import { assertUnique, type MissingParent, missingParent, validRow } from './check-row.ts';
import { applyDeleteRules, type RemovedRow } from './delete-rules.ts';
import { OperationRefused } from './operation-refused.ts';
import { badShape, type PreparedChange, spoken } from './prepare-operation.ts';
import type { RowDraft } from './row-draft.ts';
import { ROW_EFFECTS } from './row-effects.ts';

export interface JudgeContext {
  draft: RowDraft;
  /** Whose rights count; null if nobody's do. */
  author: Author | null;
  newId: () => string;
  /** A row that is not there any more, but was. */
  wasDeleted: (parent: MissingParent, child: StoredRow) => Promise<boolean>;
}

export interface Judgement {
  merged: MergedField[];
  conflicts: RowConflict[];
  /** A conflict in one row holds all of them: the draft is not to be written. */
  asOne: boolean;
}

/** Does an operation to the draft. Throws OperationRefused if it is refused for good, and the draft is then void. */
export async function judgeOperation(
  context: JudgeContext,
  changes: readonly PreparedChange[],
): Promise<Judgement> {
  const judgement: Judgement = {
    merged: [],
    conflicts: [],
    asOne: isJudgedAsOne(changes.map(({ change }) => change)),
  };
  const written: { entity: AnyEntity; id: string; before: StoredRow | null }[] = [];
  const removed: { entity: AnyEntity; change: RowChange; before: StoredRow }[] = [];
  for (const { entity, change: asked } of changes) {
    const before = await context.draft.get(entity.name, asked.id);
    const { author } = context;
    const change = author === null ? asked : admitChange(author, { entity, change: asked }, before);
    const wanted = change.kind === 'create' ? validCreate(entity, change) : change;
    const verdict = judgeChange(entity, wanted, before);
    switch (verdict.kind) {
      case 'none':
        break;
      case 'refused':
        throw refusedBy(entity, change, verdict.reason);
      case 'conflict':
        judgement.conflicts.push(verdict.conflict);
        break;
      case 'delete':
        context.draft.put(entity.name, change.id, null);
        if (before !== null) removed.push({ entity, change, before });
        break;
      case 'write': {
        // A new row has been checked as it came.
        const row =
          before === null && change.kind === 'create' ? verdict.row : validRow(entity, verdict.row);
        if (await isOrphan(context, { entity, change, before, row }, judgement)) break;
        judgement.merged.push(...verdict.merged);
        if (verdict.conflict !== null) judgement.conflicts.push(verdict.conflict);
        context.draft.put(entity.name, change.id, row);
        written.push({ entity, id: change.id, before });
        await ROW_EFFECTS[entity.name]?.apply(context.draft, { before, row }, context);
      }
    }
  }
  if (removed.length > 0) await removeWithChildren(context, { removed, changes }, judgement);
  for (const { entity, id, before } of written) {
    const row = await context.draft.get(entity.name, id);
    if (row !== null) await assertUnique(context.draft, entity, { before, row });
  }
  return judgement;
}

function validCreate(entity: AnyEntity, change: RowChange & { kind: 'create' }): RowChange {
  return { ...change, row: validRow(entity, { ...change.row, id: change.id }) };
}

function refusedBy(entity: AnyEntity, change: RowChange, reason: string): OperationRefused {
  const code = entity.pattern.writes.includes(change.kind) ? 'CONFLICT' : 'FORBIDDEN';
  return new OperationRefused(code, reason, { details: { entity: entity.name, id: change.id } });
}

interface WantedRow {
  entity: AnyEntity;
  change: RowChange;
  before: StoredRow | null;
  row: StoredRow;
}

/** A row whose parent somebody has deleted is a conflict; one whose parent never was is refused. */
async function isOrphan(
  { draft, wasDeleted }: JudgeContext,
  { entity, change, before, row }: WantedRow,
  judgement: Judgement,
): Promise<boolean> {
  if (before !== null && before['site_id'] !== row['site_id']) {
    throw badShape(change, 'gives it another site');
  }
  const parent = await missingParent(draft, entity, { before, row });
  if (parent === null) return false;
  if (!(await wasDeleted(parent, row))) {
    throw new OperationRefused('NOT_FOUND', `There is no such ${spoken(parent.entity)}.`, {
      details: { ...parent },
    });
  }
  judgement.conflicts.push(rowConflict(change, 'parentDeleted', before));
  return true;
}

/**
 * Who removes a parent has seen its children, and names them. If the pattern asks before it deletes what others edited,
 * a child that the operation does not name was added by somebody else.
 */
async function removeWithChildren(
  { draft }: JudgeContext,
  {
    removed,
    changes,
  }: {
    removed: readonly { entity: AnyEntity; change: RowChange; before: StoredRow }[];
    changes: readonly PreparedChange[];
  },
  judgement: Judgement,
): Promise<void> {
  const rows: RemovedRow[] = removed.map(({ entity, change }) => ({
    entity: entity.name,
    id: change.id,
  }));
  const cascaded = await applyDeleteRules(draft, rows);
  const named = new Set(changes.map(({ change }) => `${change.entity} ${change.id}`));
  const unseen = cascaded.filter(({ entity, id }) => !named.has(`${entity} ${id}`));
  for (const { entity, change, before } of removed) {
    const { children, deleted } = entity.pattern;
    if (deleted === 'ask' && unseen.some((row) => children.includes(row.entity))) {
      judgement.conflicts.push(rowConflict(change, 'deleteUpdate', before));
    }
  }
}
