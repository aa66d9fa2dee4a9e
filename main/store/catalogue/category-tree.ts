import type { CategoryNode } from '../../../shared/desktop/catalogue-views.ts';
import { ARCHIVED_FACET } from '../../../shared/replica/search/search-facets.ts';
import { matchExpression } from '../search/search-query.ts';
import { breathe } from '../breathe.ts';
import { MATCHES_PER_SLICE, matchSlices } from './match-stream.ts';
import type { ReplicaReader } from './replica-reader.ts';

/** Categories counted between two breaths; most have few products. */
const CATEGORIES_PER_SLICE = 50;
/** Deeper trees are cut; it also ends a walk through a circle that a damaged tree may have. */
const CATEGORY_DEPTH_MAX = 32;

interface CategoryRow {
  id: string;
  parent_id: string | null;
  name: string;
}

const CATEGORIES = 'SELECT id, parent_id, name FROM category ORDER BY sort_key, local_id';
/** Reads nothing but the index: all categories of a million products together take 50 ms. */
const COUNT_IN = 'SELECT count(*) FROM product WHERE category_id = ?';
const CATEGORIES_OF = `SELECT category_id FROM (SELECT key, value FROM json_each(?)) AS wanted
  CROSS JOIN product ON local_id = wanted.value WHERE category_id IS NOT NULL`;

/** All categories by name, each with how many products are offered in it and below it. Kept until the data changes. */
export function categoryTree(
  reader: ReplicaReader,
  signal: AbortSignal,
): Promise<readonly CategoryNode[]> {
  return reader.remember('categories', async () => {
    const rows = reader.catalogue.all<CategoryRow>(CATEGORIES);
    const parents = new Map(rows.map(({ id, parent_id }) => [id, parent_id]));
    const totals = new Map<string, number>();
    const add = (categoryId: string, products: number): void => {
      for (const id of withAbove(parents, categoryId)) {
        totals.set(id, (totals.get(id) ?? 0) + products);
      }
    };
    for (const [at, { id }] of rows.entries()) {
      if (at % CATEGORIES_PER_SLICE === 0) await breathe(signal);
      add(id, reader.catalogue.value<number>(COUNT_IN, id) ?? 0);
    }
    for await (const categoryId of categoriesOfArchived(reader, signal)) add(categoryId, -1);
    return rows.map(({ id, parent_id, name }) => ({
      id,
      parentId: parent_id,
      name,
      products: totals.get(id) ?? 0,
    }));
  });
}

/** The category of every archived product. */
async function* categoriesOfArchived(
  reader: ReplicaReader,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  const expression = matchExpression([], { facets: [ARCHIVED_FACET], withoutFacets: [] });
  if (expression === null) return;
  const options = { after: 0, sliceMax: MATCHES_PER_SLICE, signal };
  for await (const slice of matchSlices(reader, expression, options)) {
    yield* reader.catalogue.column<string>(CATEGORIES_OF, JSON.stringify(slice));
  }
}

/** A category and those above it, each once. */
function withAbove(parents: ReadonlyMap<string, string | null>, id: string): ReadonlySet<string> {
  const path = new Set<string>();
  for (let at: string | null = id; at !== null && path.size < CATEGORY_DEPTH_MAX;) {
    if (path.has(at)) break;
    path.add(at);
    at = parents.get(at) ?? null;
  }
  return path;
}
