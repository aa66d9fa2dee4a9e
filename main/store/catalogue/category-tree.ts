import type { CategoryNode } from '../../../shared/desktop/catalogue-views.ts';
import { breathe } from '../breathe.ts';
import { ARCHIVED_FACET, categoryFacet } from '../search/search-facets.ts';
import { matchExpression } from '../search/search-query.ts';
import { countMatches } from './catalogue-count.ts';
import type { ReplicaReader } from './replica-reader.ts';

const CATEGORIES = 'SELECT id, parent_id, name FROM category ORDER BY sort_key, local_id';

/** Categories counted between two breaths; most have few products. */
const CATEGORIES_PER_SLICE = 50;

/** All categories by name, each with how many products are offered in it and below it. Kept until the data changes. */
export function categoryTree(
  reader: ReplicaReader,
  signal: AbortSignal,
): Promise<readonly CategoryNode[]> {
  return reader.remember('categories', async () => {
    const nodes: CategoryNode[] = [];
    const rows = reader.catalogue.all<{ id: string; parent_id: string | null; name: string }>(
      CATEGORIES,
    );
    for (const { id, parent_id, name } of rows) {
      if (nodes.length % CATEGORIES_PER_SLICE === 0) await breathe(signal);
      const products = await countOffered(reader, categoryFacet(id), signal);
      nodes.push({ id, parentId: parent_id, name, products });
    }
    return nodes;
  });
}

/** Products with a facet that are not archived. */
export function countOffered(
  reader: ReplicaReader,
  facet: string,
  signal: AbortSignal,
): Promise<number> {
  const expression = matchExpression([], { facets: [facet], withoutFacets: [ARCHIVED_FACET] });
  return expression === null ? Promise.resolve(0) : countMatches(reader, expression, signal);
}
