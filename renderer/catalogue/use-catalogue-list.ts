import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CatalogueFilter, ProductListItem } from '../../shared/desktop/catalogue-views.ts';
import { useTRPC } from '../trpc.ts';
import { FIRST_PAGE, pageInput, placeOf } from './list-pages.ts';

export interface CatalogueQuestion {
  text: string;
  filter: CatalogueFilter;
}

export interface CatalogueList {
  question: CatalogueQuestion;
  firstPage: readonly ProductListItem[];
  /** Of all matches; null until counted. */
  total: number | null;
  /** Rows of the list, those not read yet included. */
  length: number;
  /** Nothing was read yet. */
  isPending: boolean;
  /** What is shown still belongs to the text or filter before. */
  isSuperseded: boolean;
  error: unknown;
  /** A row wherever it is; read now if it was not. */
  itemAt: (index: number) => Promise<ProductListItem | undefined>;
}

/**
 * The best matches and their number. Rows further down are read where they are looked at. A new text or filter cancels
 * what still runs; until it answers, the old list stays.
 */
export function useCatalogueList(question: CatalogueQuestion): CatalogueList {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = { trpc: { abortOnUnmount: true }, placeholderData: keepPreviousData };
  const first = useQuery(
    trpc.catalogue.search.queryOptions({ ...question, ...FIRST_PAGE }, options),
  );
  const count = useQuery(trpc.catalogue.count.queryOptions(question, options));

  const firstPage = first.data?.items ?? [];
  const hasMore = first.data !== undefined && first.data.nextCursor !== null;
  // One page that holds everything knows the number before the count does.
  const total = hasMore || first.isPlaceholderData ? (count.data?.total ?? null) : firstPage.length;
  const counted = count.isPlaceholderData || total === null ? firstPage.length * 2 : total;
  return {
    question,
    firstPage,
    total: first.data === undefined ? null : total,
    length: hasMore ? Math.max(counted, firstPage.length) : firstPage.length,
    isPending: first.isPending,
    isSuperseded: first.isPlaceholderData,
    error: first.error,
    itemAt: async (index) => {
      const { page, row } = placeOf(index);
      if (page === 0) return firstPage[row];
      const window = trpc.catalogue.window.queryOptions(pageInput(question, page));
      return (await queryClient.query({ ...window, staleTime: 'static' })).items[row];
    },
  };
}
