/**
 * Filters inside the search index: a product's brand, its category with everything above it, and two of its flags are
 * terms like any other. So a text and a filter are intersected by the index, however common either of them is.
 * The first character is of Unicode's private area, which no folded word contains.
 */
const MARK = '\ue000';

export const ARCHIVED_FACET = `${MARK}archived`;
/** Products with a minimum stock: the only ones that can be low. */
export const MIN_STOCK_FACET = `${MARK}minimum`;

export function brandFacet(brandId: string): string {
  return `${MARK}b${withoutHyphens(brandId)}`;
}

export function categoryFacet(categoryId: string): string {
  return `${MARK}c${withoutHyphens(categoryId)}`;
}

function withoutHyphens(id: string): string {
  return id.replaceAll('-', '').toLowerCase();
}
