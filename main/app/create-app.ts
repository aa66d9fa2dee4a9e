import { randomUUID } from 'node:crypto';
import type { AppInfo } from '../../shared/desktop/app-info.ts';
import type { Settings } from '../../shared/desktop/settings.ts';
import type { SyncEvent, SyncReason } from '../../shared/desktop/sync-state.ts';
import { fromWireError, TallymanError } from '../../shared/errors.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import type { DataWorkerEvent } from '../data/data-worker-contract.ts';
import { createReaderPool, type ReaderPool } from '../data/reader-pool.ts';
import { type AutomaticTriggers, startAutomaticTriggers } from './automatic-triggers.ts';
import { type DataWorkerKeeper, keepDataWorker } from './data-worker-keeper.ts';
import type { DesktopApp } from './desktop-app.ts';
import { Listeners } from './listeners.ts';
import { createNetworkService, type NetworkService } from './network-service.ts';
import type { AppPorts } from './ports.ts';
import { renewPokesAfterBreaks } from './renew-pokes.ts';
import { createSettingsService } from './settings-service.ts';
import { tallyByWorker } from './tally-by-worker.ts';
import { workByWorkers } from './work-by-workers.ts';

/**
 * Puts the app together from a shell's ports. The main thread only passes messages on: the data worker writes and
 * syncs, the reader workers read. Rejects with the reason if the data folder cannot be opened.
 */
export async function createApp(given: AppPorts): Promise<DesktopApp> {
  const ports = { ...given, onError: unlessCancelled(given.onError) };
  const syncListeners = new Listeners<SyncEvent>(ports.onError);
  const readers = createReaderPool({
    entry: ports.paths.readerWorkerEntry,
    dataFolder: ports.paths.dataFolder,
  });
  const network = startNetwork(ports);
  let automatic: AutomaticTriggers | null = null;
  const tellOffline = (): void => {
    const offline = network.status().state === 'offline';
    worker.call('setOffline', offline).catch(ports.onError);
  };
  const worker: DataWorkerKeeper = await startWorker(ports, readers, {
    onSyncEvent: (event) => {
      if (event.type === 'onSyncComplete') network.noteReached();
      if (event.type === 'onSyncError') void network.check();
      syncListeners.emit(event);
    },
    onPokes: (isLive) => automatic?.pokesLive(isLive),
    // A new thread knows nothing of the network.
    onRestarted: tellOffline,
  }).catch(async (error: unknown) => {
    // A shell that says why and leaves must not be kept alive by idle threads.
    network.close();
    await readers.close();
    throw error;
  });
  automatic = ports.automatic ? startTriggers(ports, network, worker) : null;
  syncListeners.subscribe((event) => {
    if (event.type === 'dataChanged' && event.source === 'local') automatic?.changedLocally();
    if (event.type === 'onSyncError') automatic?.runFailed();
  });
  const stopNetwork = network.subscribe(tellOffline);
  void network.check();

  return {
    info: () => appInfo(ports, worker),
    catalogue: readers.catalogue,
    sync: {
      trigger: (request) => worker.call('trigger', request),
      cancel: (jobId) => worker.call('cancel', jobId),
      status: () => worker.call('status', null),
      log: (input) => worker.call('log', input),
      acceptServer: () => worker.call('acceptServer', null),
      subscribe: syncListeners.subscribe,
    },
    ...workByWorkers(worker, readers, () => ports.settings.read().personId),
    tally: tallyByWorker(worker, ports.settings.read),
    network: { status: network.status, subscribe: network.subscribe },
    settings: createSettingsService(ports.settings, {
      onListenerError: ports.onError,
      onChanged: async (before, next) => {
        await worker.call('configure', configurationOf(next));
        automatic?.reconfigure();
        if (before.serverUrl !== next.serverUrl) void network.check();
        if (automatic && isOtherSource(before, next)) await fetchFromOtherSource(worker);
      },
    }),
    signedIn: () => automatic?.signedIn(),
    close: async () => {
      automatic?.close();
      stopNetwork();
      network.close();
      await worker.close();
      await readers.close();
    },
  };
}

/** What was under way when the app closed is no failure that anybody waits to hear of. */
function unlessCancelled(tell: AppPorts['onError']): AppPorts['onError'] {
  return (error) => {
    if (!(error instanceof TallymanError) || error.code !== 'CANCELLED') tell(error);
  };
}

async function appInfo(ports: AppPorts, worker: DataWorkerKeeper): Promise<AppInfo> {
  return {
    ...(await worker.call('info', null)),
    version: ports.appVersion,
    shell: ports.shell,
    platform: process.platform,
    dataFolder: ports.paths.dataFolder,
  };
}

function startNetwork(ports: AppPorts): NetworkService {
  return createNetworkService({
    now: ports.now,
    fetch: globalThis.fetch,
    newNonce: randomUUID,
    link: ports.link,
    serverUrl: () => ports.settings.read().serverUrl,
    onListenerError: ports.onError,
  });
}

/** The data worker, and readers that follow whichever files it makes current. */
async function startWorker(
  ports: AppPorts,
  readers: ReaderPool,
  on: {
    onSyncEvent: (event: SyncEvent) => void;
    onPokes: (isLive: boolean) => void;
    onRestarted: () => void;
  },
): Promise<DataWorkerKeeper> {
  const onEvent = (event: DataWorkerEvent): void => {
    if (event.kind === 'sync') on.onSyncEvent(event.event);
    if (event.kind === 'pokes') on.onPokes(event.isLive);
    if (event.kind === 'trouble') ports.onError(fromWireError(event.error));
    if (event.kind !== 'replicas') return;
    readers
      .openReplicas(event.replicas)
      .then(() => worker.call('removeLeftovers', null))
      .catch(ports.onError);
  };
  const openReaders = async (): Promise<void> => {
    await readers.openReplicas(await worker.call('replicas', null));
  };
  const worker: DataWorkerKeeper = await keepDataWorker({
    now: ports.now,
    start: () => ({
      entry: ports.paths.dataWorkerEntry,
      start: {
        dataFolder: ports.paths.dataFolder,
        finisherEntry: ports.paths.replicaFinisherEntry.href,
        configuration: configurationOf(ports.settings.read()),
        resumeJobs: ports.automatic,
      },
      onEvent,
    }),
    onRestarted: () => {
      openReaders().catch(ports.onError);
      on.onPokes(false);
      on.onRestarted();
    },
    onDeath: ports.onError,
  });
  await openReaders();
  return worker;
}

function startTriggers(
  ports: AppPorts,
  network: NetworkService,
  worker: DataWorkerKeeper,
): AutomaticTriggers {
  const stopRenewing = renewPokesAfterBreaks(ports, () => {
    worker.call('renewPokes', null).catch(ports.onError);
  });
  const triggers = startAutomaticTriggers({
    now: ports.now,
    settings: ports.settings.read,
    network,
    power: ports.power,
    hasUnsent: async () => {
      try {
        const { pending, photos } = await worker.call('status', null);
        return pending + photos > 0;
      } catch (error) {
        ports.onError(error);
        return false;
      }
    },
    trigger: (syncUnit, reason) => {
      trigger(worker, syncUnit, reason).catch(ports.onError);
    },
  });
  return {
    ...triggers,
    close: () => {
      stopRenewing();
      triggers.close();
    },
  };
}

async function trigger(
  worker: DataWorkerKeeper,
  syncUnit: SyncUnit,
  reason: SyncReason,
): Promise<void> {
  await worker.call('trigger', { syncUnit, discardPendingSyncUnits: false, reason });
}

/** A run that still asks the other server only holds this one up. */
async function fetchFromOtherSource(worker: DataWorkerKeeper): Promise<void> {
  await worker.call('trigger', {
    syncUnit: 'full',
    discardPendingSyncUnits: false,
    abortRunning: true,
    reason: 'settings',
  });
}

/** Another server or other sites: what is on the screen is not what was asked for until the next sync. */
function isOtherSource(before: Settings, next: Settings): boolean {
  if (next.serverUrl === null) return false;
  return before.serverUrl !== next.serverUrl || String(before.siteCodes) !== String(next.siteCodes);
}

function configurationOf({ serverUrl, siteCodes, sync }: Settings) {
  return { serverUrl, siteCodes, sync };
}
