import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EntityDefinition, RowOf, StoredRow } from '../../shared/entities/define-entity.ts';
import { fromStored } from '../../shared/entities/stored-row.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';

const PAGE = 100;

/** One row as a person sees it here, with what they did and did not send yet. */
export interface TypedRecord<TEntity extends EntityDefinition = EntityDefinition> {
  id: string;
  row: RowOf<TEntity>;
  /** Changed on this laptop and not yet in what the server sent. */
  pending: boolean;
  /** Waits for a person's decision. */
  conflict: boolean;
}

export interface Records<TEntity extends EntityDefinition> {
  records: readonly TypedRecord<TEntity>[];
  isPending: boolean;
  error: unknown;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
}

/**
 * Rows of an entity, typed by its definition, page by page; reads again by itself when a sync or a person changes them.
 *
 *   const { records, hasMore, loadMore } = useRecords(pallet, { site_id: siteId });
 *
 * `where` names columns and the values that they must have. An entity of a site scope needs its `site_id`; null reads nothing.
 */
export function useRecords<TEntity extends EntityDefinition>(
  entity: TEntity,
  where: StoredRow | null = {},
): Records<TEntity> {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const question = { entity: entity.name, where: where ?? {}, limit: PAGE };
  const query = useInfiniteQuery({
    queryKey: trpc.records.list.infiniteQueryKey(question),
    // Asked by hand: tRPC's own would add a direction, and the app refuses what it does not know.
    queryFn: ({ pageParam, signal }) =>
      client.records.list.query({ ...question, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: where !== null,
  });
  const { data } = query;
  const records = useMemo(
    () =>
      (data?.pages ?? []).flatMap(({ items }) =>
        items.map(({ row, ...record }) => ({
          ...record,
          row: fromStored(entity, row) as RowOf<TEntity>,
        })),
      ),
    [data, entity],
  );
  return {
    records,
    isPending: query.isPending && where !== null,
    error: query.error,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
