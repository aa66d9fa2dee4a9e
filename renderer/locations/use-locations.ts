import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LocationView } from '../../shared/desktop/stock-views.ts';
import { useTRPC } from '../trpc.ts';

const FIRST = 100;
const SHOWN_MAX = 500;

interface Locations {
  /** Undefined until they are read. */
  locations: readonly LocationView[] | undefined;
  isPending: boolean;
  /** What is shown still belongs to the text or site before. */
  isSuperseded: boolean;
  error: unknown;
  hasMore: boolean;
  showMore: () => void;
}

export function useLocations(text: string, siteId: string | null): Locations {
  const trpc = useTRPC();
  const [limit, setLimit] = useState(FIRST);
  const { data, error, isPending, isPlaceholderData } = useQuery(
    trpc.stock.locations.queryOptions(
      { siteId, text: text.trim(), limit },
      { trpc: { abortOnUnmount: true }, placeholderData: keepPreviousData },
    ),
  );
  return {
    locations: data,
    isPending,
    isSuperseded: isPlaceholderData,
    error,
    hasMore: data !== undefined && data.length >= limit && limit < SHOWN_MAX,
    showMore: () => setLimit(SHOWN_MAX),
  };
}
