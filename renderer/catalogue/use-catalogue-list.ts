import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
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
 * what still runs; until it answers, the old list stays. The same question and answers are the same object.
 */
export function useCatalogueList(question: CatalogueQuestion): CatalogueList {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = { trpc: { abortOnUnmount: true }, placeholderData: keepPreviousData };
  const first = useQuery(
    trpc.catalogue.search.queryOptions({ ...question, ...FIRST_PAGE }, options),
  );
  const count = useQuery(trpc.catalogue.count.queryOptions(question, options));

  const { data: page, isPlaceholderData: isSuperseded, isPending, error } = first;
  const { data: counted, isPlaceholderData: isOldCount } = count;
  return useMemo(() => {
    const firstPage = page?.items ?? [];
    const hasMore = page !== undefined && page.nextCursor !== null;
    // One page that holds everything knows the number before the count does.
    const total = hasMore || isSuperseded ? (counted?.total ?? null) : firstPage.length;
    const likely = isOldCount || total === null ? firstPage.length * 2 : total;
    return {
      question,
      firstPage,
      total: page === undefined ? null : total,
      length: hasMore ? Math.max(likely, firstPage.length) : firstPage.length,
      isPending,
      isSuperseded,
      error,
      itemAt: async (index) => {
        const { page: number, row } = placeOf(index);
        if (number === 0) return firstPage[row];
        const window = trpc.catalogue.window.queryOptions(pageInput(question, number));
        return (await queryClient.query({ ...window, staleTime: 'static' })).items[row];
      },
    };
  }, [question, page, isSuperseded, isPending, error, counted, isOldCount, trpc, queryClient]);
}
