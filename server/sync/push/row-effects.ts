import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { EntityName } from '../../../shared/entities/registry.ts';
import { applyMovement, levelSearches } from '../../stock/movement-levels.ts';
import type { RowSearch } from './row-book.ts';
import type { RowDraft } from './row-draft.ts';

/** What follows from a new row of an entity in the same transaction, whoever made the row. */
interface RowEffect {
  /** What `apply` will look for, so that it is read for a whole batch at once. */
  searches: (row: StoredRow) => RowSearch[];
  apply: (draft: RowDraft, row: StoredRow, newId: () => string) => Promise<void>;
}

export const ROW_EFFECTS: Partial<Record<EntityName, RowEffect>> = {
  stock_movement: { searches: levelSearches, apply: applyMovement },
};
