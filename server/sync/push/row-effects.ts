import type { Author } from '../../auth/author.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { EntityName } from '../../../shared/entities/registry.ts';
import { admitObservation, followStage } from '../../stock/count-rules.ts';
import { applyMovement, levelSearches } from '../../stock/movement-levels.ts';
import type { RowSearch } from './row-book.ts';
import type { RowDraft } from './row-draft.ts';

export interface WrittenRow {
  /** Null: it is new. */
  before: StoredRow | null;
  row: StoredRow;
}

export interface EffectContext {
  newId: () => string;
  /** Who wrote the row, if rights are asked for. */
  author: Author | null;
}

/** What follows from a written row of an entity in the same transaction, whoever wrote the row. */
interface RowEffect {
  /** What `apply` will look for, so that it is read for a whole batch at once. `row` is a new one that was not checked yet. */
  searches: (row: StoredRow) => RowSearch[];
  /** Throws OperationRefused if what was written may not be. */
  apply: (draft: RowDraft, written: WrittenRow, context: EffectContext) => Promise<void>;
}

export const ROW_EFFECTS: Partial<Record<EntityName, RowEffect>> = {
  // Movements are only ever added.
  stock_movement: {
    searches: levelSearches,
    apply: (draft, { row }, { newId }) => applyMovement(draft, row, newId),
  },
  stock_count: { searches: () => [], apply: followStage },
  // Its count is read as what it points to.
  count_observation: { searches: () => [], apply: admitObservation },
};
