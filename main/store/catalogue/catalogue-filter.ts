import type { CatalogueFilter } from '../../../shared/desktop/catalogue-views.ts';
import {
  ARCHIVED_FACET,
  brandFacet,
  categoryFacet,
  MIN_STOCK_FACET,
} from '../../../shared/replica/search/search-facets.ts';
import { stockPasses } from '../stock/on-hand.ts';
import type { ReplicaReader } from './replica-reader.ts';

/** What a filter looks at in a product. */
export interface FilterRow {
  local_id: number;
  id: string;
  category_id: string | null;
  brand_id: string | null;
  archived: number;
  min_stock: number | null;
}

export const FILTER_COLUMNS = 'local_id, id, category_id, brand_id, archived, min_stock';

/** A filter in the two forms that reading needs: as terms of the search index, and as a question about one row. */
export interface PreparedFilter {
  facets: readonly string[];
  withoutFacets: readonly string[];
  /** Stock changes with every movement, so the search index does not know it. */
  asksStock: boolean;
  passes: (row: FilterRow) => boolean;
  /** The part of `passes` that the search index cannot answer. */
  passesStock: (row: FilterRow) => boolean;
}

const BELOW = `WITH RECURSIVE below (id) AS (
    SELECT ? UNION SELECT c.id FROM below b CROSS JOIN category c ON c.parent_id = b.id)
  SELECT id FROM below`;

export function prepareFilter(reader: ReplicaReader, filter: CatalogueFilter): PreparedFilter {
  const { categoryId, brandId, stock, siteId } = filter;
  const facets: string[] = [];
  if (categoryId !== null) facets.push(categoryFacet(categoryId));
  if (brandId !== null) facets.push(brandFacet(brandId));
  if (stock === 'low') facets.push(MIN_STOCK_FACET);
  const categories =
    categoryId === null ? null : new Set(reader.catalogue.column<string>(BELOW, categoryId));
  const sites = reader.sitesOf(siteId);
  if (stock !== 'any') reader.refreshStock();
  const passesStock = (row: FilterRow): boolean =>
    stock === 'any' || stockPasses(stock, sites, row);
  return {
    facets,
    withoutFacets: filter.archived ? [] : [ARCHIVED_FACET],
    asksStock: stock !== 'any',
    passes: (row) =>
      (filter.archived || row.archived === 0) &&
      (brandId === null || row.brand_id === brandId) &&
      (categories === null || (row.category_id !== null && categories.has(row.category_id))) &&
      passesStock(row),
    passesStock,
  };
}
