import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { TRPCClient } from '@trpc/client';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { DesktopRouter } from '../../main/app/desktop-router.ts';
import type { SyncEvent, SyncStatus } from '../../shared/desktop/sync-state.ts';
import { createRefresher } from './create-refresher.ts';
import { queriesOfEntities } from './queries-of-entities.ts';
import { subscribeForever } from './subscribe-forever.ts';

/** Lists read again at most this often while rows stream in. */
const REFRESH_PAUSE_MS = 400;

export interface EventsTarget {
  client: TRPCClient<DesktopRouter>;
  trpc: TRPCOptionsProxy<DesktopRouter>;
  queryClient: QueryClient;
}

/** The one place where the app's events enter: they go into the query cache, and every screen reads it from there. */
export function connectEvents({ client, trpc, queryClient }: EventsTarget): () => void {
  const refresher = createRefresher(
    (entities) =>
      Promise.all(
        queriesOfEntities(trpc, entities).map((filter) => queryClient.invalidateQueries(filter)),
      ),
    REFRESH_PAUSE_MS,
  );
  const readAgain = (key: readonly unknown[]): void => {
    void queryClient.invalidateQueries({ queryKey: key });
  };

  const onSyncEvent = syncEventHandler({ trpc, queryClient }, refresher.add);

  // Whatever happened before a subscription stood, or while it was broken, is caught by reading once when it stands.
  const stops = [
    subscribeForever(client.sync.events, {
      onStarted: () => {
        readAgain(trpc.sync.status.queryKey());
        readAgain(trpc.sync.log.pathKey());
        for (const { pathFilter } of [trpc.catalogue, trpc.records, trpc.stock, trpc.work]) {
          void queryClient.invalidateQueries(pathFilter());
        }
      },
      onData: onSyncEvent,
    }),
    subscribeForever(client.network.changes, {
      onStarted: () => readAgain(trpc.network.status.queryKey()),
      onData: (status) => queryClient.setQueryData(trpc.network.status.queryKey(), status),
    }),
    subscribeForever(client.session.changes, {
      onStarted: () => readAgain(trpc.session.state.queryKey()),
      onData: (session) => queryClient.setQueryData(trpc.session.state.queryKey(), session),
    }),
    subscribeForever(client.settings.changes, {
      onStarted: () => readAgain(trpc.settings.get.queryKey()),
      onData: (settings) => queryClient.setQueryData(trpc.settings.get.queryKey(), settings),
    }),
  ];
  return () => {
    refresher.stop();
    for (const stop of stops) stop();
  };
}

function hasSameWork(a: SyncStatus, b: SyncStatus): boolean {
  return a.pending === b.pending && a.conflicts === b.conflicts && a.attention === b.attention;
}

function syncEventHandler(
  { trpc, queryClient }: Omit<EventsTarget, 'client'>,
  onDataChanged: (entities: readonly string[]) => void,
): (event: SyncEvent) => void {
  // Untagged, because the inferred output spells optional fields differently from the type that crosses the wire.
  const statusKey: QueryKey = trpc.sync.status.queryKey();
  const readAgain = (key: readonly unknown[]): void => {
    void queryClient.invalidateQueries({ queryKey: key });
  };
  return (event) => {
    switch (event.type) {
      case 'statusChanged': {
        const before = queryClient.getQueryData<SyncStatus>(statusKey);
        queryClient.setQueryData<SyncStatus>(statusKey, event.status);
        if (!before || !hasSameWork(before, event.status)) readAgain(trpc.work.pathKey());
        break;
      }
      case 'onSyncProgress':
        queryClient.setQueryData<SyncStatus>(statusKey, (status) =>
          status?.running?.jobId === event.jobId
            ? { ...status, running: { ...status.running, progress: event.progress } }
            : status,
        );
        break;
      case 'dataChanged':
        onDataChanged(event.entities);
        break;
      case 'onSyncComplete':
      case 'onSyncError':
        readAgain(trpc.sync.log.pathKey());
        // What was sent in vain has one more attempt, which no count shows.
        readAgain(trpc.work.pathKey());
        break;
      case 'onSyncDiscarded':
        readAgain(trpc.sync.log.pathKey());
        break;
      case 'onSyncStart':
      case 'onSyncDeferred':
      case 'onSyncConflict':
        break;
    }
  };
}
