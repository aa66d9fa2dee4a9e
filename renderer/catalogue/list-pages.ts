import type { CatalogueWindowInput } from '../../shared/desktop/catalogue-views.ts';
import type { CatalogueQuestion } from './use-catalogue-list.ts';

const PAGE_ROWS = 100;

/** The first page is the search itself, which stops at the best matches; only pages below it need the whole order. */
export const FIRST_PAGE = { cursor: null, limit: PAGE_ROWS } as const;

export function placeOf(index: number): { page: number; row: number } {
  return { page: Math.floor(index / PAGE_ROWS), row: index % PAGE_ROWS };
}

export function pageInput(question: CatalogueQuestion, page: number): CatalogueWindowInput {
  return { ...question, offset: page * PAGE_ROWS, limit: PAGE_ROWS };
}
