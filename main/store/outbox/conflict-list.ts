import type { ConflictView } from '../../../shared/desktop/work-views.ts';
import type { StoredRow, StoredValue } from '../../../shared/entities/define-entity.ts';
import type { SqliteDatabase } from '../sqlite.ts';
import { titleOf } from './operation-list.ts';

/** Far more than anybody settles in one sitting; the oldest come first. */
const CONFLICTS_LISTED_MAX = 1_000;

interface ConflictRow extends Omit<ConflictView, 'base' | 'mine' | 'theirs' | 'title'> {
  base: string;
  mine: string;
  theirs: string;
  rowBase: string | null;
}

/** What a person, or anybody, has to decide about, oldest first, the fields of one row together. */
export function listConflicts(
  db: Pick<SqliteDatabase, 'prepare'>,
  personId: string | null = null,
): ConflictView[] {
  const rows = db
    .prepare(
      `SELECT k.conflict_id AS id, o.operation_id AS operationId, k.entity, k.row_id AS rowId, k.kind, k.field,
         k.base, k.mine, k.theirs, k.at,
         (SELECT coalesce(c.base, json_extract(c.change, '$.row')) FROM operation_change c
          WHERE c.position = k.position AND c.entity = k.entity AND c.row_id = k.row_id LIMIT 1) AS rowBase
       FROM conflict k JOIN operation o ON o.position = k.position
       WHERE k.resolved IS NULL AND (o.person_id IS NULL OR ? IS NULL OR o.person_id = ?)
       ORDER BY (SELECT min(f.at) FROM conflict f WHERE f.entity = k.entity AND f.row_id = k.row_id AND f.resolved IS NULL),
         k.entity, k.row_id, k.field LIMIT ${CONFLICTS_LISTED_MAX}`,
    )
    .all(personId, personId) as ConflictRow[];
  return rows.map(({ rowBase, ...row }) => ({
    ...row,
    title: rowBase === null ? null : titleOf(JSON.parse(rowBase) as StoredRow),
    base: JSON.parse(row.base) as StoredValue | StoredRow,
    mine: JSON.parse(row.mine) as StoredValue | StoredRow,
    theirs: JSON.parse(row.theirs) as StoredValue | StoredRow,
  }));
}
