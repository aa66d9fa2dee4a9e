import { useQueries } from '@tanstack/react-query';
import type { ProductListItem } from '../../shared/desktop/catalogue-views.ts';
import { useTRPC } from '../trpc.ts';
import { pageInput, placeOf } from './list-pages.ts';
import type { CatalogueList } from './use-catalogue-list.ts';

/** Pages scrolled past are soon forgotten: a hundred rows take about 50 kB, and reading them again takes milliseconds. */
const PAGE_KEPT_MS = 30_000;

/** The rows at these places. Reads the pages they are on, and gives up reading a page that is scrolled past. */
export function useItemsInView(
  list: CatalogueList,
  indexes: readonly number[],
): (index: number) => ProductListItem | undefined {
  const trpc = useTRPC();
  const pages = [...new Set(indexes.map((index) => placeOf(index).page))].filter(
    (page) => page > 0,
  );
  const answers = useQueries({
    queries: pages.map((page) =>
      trpc.catalogue.window.queryOptions(pageInput(list.question, page), {
        trpc: { abortOnUnmount: true },
        gcTime: PAGE_KEPT_MS,
        enabled: !list.isSuperseded,
      }),
    ),
  });
  return (index) => {
    const { page, row } = placeOf(index);
    return page === 0 ? list.firstPage[row] : answers[pages.indexOf(page)]?.data?.items[row];
  };
}
