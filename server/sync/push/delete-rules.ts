import type { DeleteRule, EntityDefinition } from '../../../shared/entities/define-entity.ts';
import { type EntityName, ENTITIES } from '../../../shared/entities/registry.ts';
import { OperationRefused } from './operation-refused.ts';
import { spoken } from './prepare-operation.ts';
import type { RowSearch } from './row-book.ts';
import type { RowDraft } from './row-draft.ts';

interface Pointer {
  target: string;
  entity: EntityName;
  column: string;
  rule: DeleteRule;
}

/** Entity → what points to it. Rows that may be left pointing at nothing need not be looked for. */
const POINTERS: ReadonlyMap<string, readonly Pointer[]> = Map.groupBy(
  ENTITIES.flatMap((entity) => pointersOf(entity)).filter(({ rule }) => rule !== 'ignore'),
  ({ target }) => target,
);

function pointersOf(entity: EntityDefinition): Pointer[] {
  return Object.entries(entity.references).map(([column, target]) => ({
    target,
    entity: entity.name as EntityName,
    column,
    rule: entity.deleteRules[column] ?? 'protect',
  }));
}

export interface RemovedRow {
  entity: EntityName;
  id: string;
}

/** What has to be looked for before a row may be removed. */
export function pointerSearches({ entity, id }: RemovedRow): RowSearch[] {
  return (POINTERS.get(entity) ?? []).map((pointer) => ({
    entity: pointer.entity,
    columns: [pointer.column],
    values: [id],
  }));
}

/**
 * Removes what has to go with the removed rows, and returns it. Throws OperationRefused (ROW_IN_USE) if something that
 * stays points to one of them.
 */
export async function applyDeleteRules(
  draft: RowDraft,
  removed: readonly RemovedRow[],
): Promise<RemovedRow[]> {
  const cascaded: RemovedRow[] = [];
  // Grows while it is walked: what is removed with a row may itself be pointed to.
  const all = [...removed];
  for (const gone of all) {
    for (const { entity, column, rule } of POINTERS.get(gone.entity) ?? []) {
      const rows = await draft.find({ entity, columns: [column], values: [gone.id] });
      for (const row of rows) {
        if (rule === 'protect') {
          throw inUse(gone, entity, rows.filter((one) => draft.sees(entity, one)).length);
        }
        const child = { entity, id: String(row['id']) };
        draft.put(entity, child.id, null);
        cascaded.push(child);
        all.push(child);
      }
    }
  }
  return cascaded;
}

function inUse({ entity, id }: RemovedRow, by: string, count: number): OperationRefused {
  return new OperationRefused(
    'ROW_IN_USE',
    `This ${spoken(entity)} cannot be removed: ${spoken(by)} rows still point to it.`,
    { details: { entity, id, by, count } },
  );
}
