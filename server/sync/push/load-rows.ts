import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { EntityName } from '../../../shared/entities/registry.ts';
import { pointerSearches } from './delete-rules.ts';
import type { PreparedChange } from './prepare-operation.ts';
import type { RowBook, RowSearch } from './row-book.ts';
import { ROW_EFFECTS } from './row-effects.ts';

/** Reads what judging the changes will ask for, by one query per entity and index. What it misses is read when it is met. */
export async function loadRows(book: RowBook, changes: readonly PreparedChange[]): Promise<void> {
  const ids = new Map<EntityName, Set<string>>();
  const searches: RowSearch[] = [];
  const want = (entity: EntityName, id: string): void => {
    const wanted = ids.get(entity) ?? new Set<string>();
    ids.set(entity, wanted.add(id));
  };
  for (const { entity, change } of changes) {
    want(entity.name, change.id);
    if (change.kind === 'remove') {
      searches.push(...pointerSearches({ entity: entity.name, id: change.id }));
      continue;
    }
    const values: StoredRow = change.kind === 'create' ? change.row : change.to;
    for (const [column, target] of Object.entries(entity.references)) {
      const id = values[column] ?? null;
      if (id !== null) want(target as EntityName, String(id));
    }
    if (change.kind !== 'create') continue;
    searches.push(...uniqueSearches({ entity, change }, change.row));
    searches.push(...(ROW_EFFECTS[entity.name]?.searches(change.row) ?? []));
  }
  for (const [entity, wanted] of ids) await book.load(entity, wanted);
  await book.loadFound(searches);
}

function uniqueSearches({ entity }: PreparedChange, row: StoredRow): RowSearch[] {
  return entity.indexes
    .filter(({ unique }) => unique === true)
    .map(({ columns }) => ({
      entity: entity.name,
      columns,
      values: columns.map((column) => row[column] ?? null),
    }));
}
