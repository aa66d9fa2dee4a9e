import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeliverySummary } from '../../shared/desktop/delivery-views.ts';
import { useTRPC } from '../trpc.ts';

const FIRST = 100;
const SHOWN_MAX = 500;

interface DeliveryQuestion {
  siteId: string | null;
  show: 'open' | 'closed';
  text: string;
}

interface Deliveries {
  /** Undefined until they are read. */
  deliveries: readonly DeliverySummary[] | undefined;
  error: unknown;
  hasMore: boolean;
  showMore: () => void;
}

export function useDeliveries(question: DeliveryQuestion): Deliveries {
  const trpc = useTRPC();
  const [limit, setLimit] = useState(FIRST);
  const { data, error } = useQuery(
    trpc.deliveries.list.queryOptions(
      { ...question, limit },
      { placeholderData: keepPreviousData },
    ),
  );
  return {
    deliveries: data,
    error,
    hasMore: data?.length === limit && limit < SHOWN_MAX,
    showMore: () => setLimit(SHOWN_MAX),
  };
}
