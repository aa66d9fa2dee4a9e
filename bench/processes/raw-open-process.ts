import { assert } from '../../shared/domain/assert.ts';
import { matchExpression, parseSearchQuery } from '../../main/store/search/search-query.ts';
import { openReadable } from '../../main/store/sqlite.ts';
import { serveProcess } from '../bench-process.ts';
import { PAGE_ROWS } from '../page-rows.ts';

export interface RawOpenInput {
  replicaFile: string;
  text: string;
}

/** The limit of opening the app: Node starts, opens the file and runs one statement. */
serveProcess(async ({ replicaFile, text }: RawOpenInput): Promise<null> => {
  const db = openReadable(replicaFile);
  const { terms } = parseSearchQuery(text);
  const rows = db
    .prepare(
      `SELECT p.* FROM product_search s JOIN product p ON p.local_id = s.rowid
       WHERE s.product_search MATCH ? LIMIT ${PAGE_ROWS}`,
    )
    .all(matchExpression(terms, { facets: [], withoutFacets: [] }));
  assert(rows.length > 0, 'a search that finds something');
  return null;
});
