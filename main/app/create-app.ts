import { randomUUID } from 'node:crypto';
import { type Settings, settingsField } from '../../shared/desktop/settings.ts';
import type { SyncEvent, SyncReason } from '../../shared/desktop/sync-state.ts';
import type { DataWorkerEvent } from '../data/data-worker-contract.ts';
import { createReaderPool } from '../data/reader-pool.ts';
import { startAutomaticTriggers } from './automatic-triggers.ts';
import { keepDataWorker } from './data-worker-keeper.ts';
import type { DesktopApp } from './desktop-app.ts';
import { Listeners } from './listeners.ts';
import { createNetworkService } from './network-service.ts';
import type { AppPorts } from './ports.ts';

/**
 * Puts the app together from a shell's ports. The main thread only passes messages on: the data worker writes and
 * syncs, the reader workers read. Rejects with the reason if the data folder cannot be opened.
 */
export async function createApp(ports: AppPorts): Promise<DesktopApp> {
  const { onError } = ports;
  const syncListeners = new Listeners<SyncEvent>(onError);
  const settingsListeners = new Listeners<Settings>(onError);
  const readers = createReaderPool({ entry: ports.paths.readerWorkerEntry });
  const network = createNetworkService({
    now: ports.now,
    fetch: globalThis.fetch,
    newNonce: randomUUID,
    link: ports.link,
    serverUrl: () => ports.settings.read().serverUrl,
    onListenerError: onError,
  });

  const onWorkerEvent = (event: DataWorkerEvent): void => {
    if (event.kind === 'replicas') {
      void readers
        .openReplicas(event.replicas)
        .then(() => worker.call('removeLeftovers', null))
        .catch(onError);
    }
    if (event.kind !== 'sync') return;
    noteNetwork(event.event);
    syncListeners.emit(event.event);
  };
  const noteNetwork = (event: SyncEvent): void => {
    if (event.type === 'onSyncComplete') network.noteReached();
    if (event.type === 'onSyncError') void network.check();
  };
  const worker = await keepDataWorker({
    now: ports.now,
    start: () => ({
      entry: ports.paths.dataWorkerEntry,
      start: {
        dataFolder: ports.paths.dataFolder,
        configuration: configurationOf(ports.settings.read()),
        resumeJobs: ports.automatic,
      },
      onEvent: onWorkerEvent,
    }),
    onRestarted: () => void openReaders().catch(onError),
    onDeath: onError,
  });
  const openReaders = async (): Promise<void> => {
    const { replicas } = await worker.call('info', null);
    await readers.openReplicas(replicas);
  };
  await openReaders();

  const triggerFull = (reason: SyncReason): void => {
    const request = { syncUnit: 'full' as const, discardPendingSyncUnits: false, reason };
    void worker.call('trigger', request).catch(onError);
  };
  const stopNetwork = network.subscribe(({ state }) => {
    void worker.call('setOffline', state === 'offline').catch(onError);
  });
  void network.check();
  const automatic = ports.automatic
    ? startAutomaticTriggers({
        now: ports.now,
        settings: ports.settings.read,
        network,
        power: ports.power,
        trigger: triggerFull,
      })
    : null;

  return {
    info: async () => {
      const { deviceId, sqliteVersion } = await worker.call('info', null);
      return {
        version: ports.appVersion,
        shell: ports.shell,
        platform: process.platform,
        sqliteVersion,
        dataFolder: ports.paths.dataFolder,
        deviceId,
      };
    },
    catalogue: readers,
    sync: {
      trigger: (request) => worker.call('trigger', request),
      cancel: (jobId) => worker.call('cancel', jobId),
      status: () => worker.call('status', null),
      log: (limit) => worker.call('log', limit),
      acceptServer: () => worker.call('acceptServer', null),
      subscribe: syncListeners.subscribe,
    },
    network: { status: network.status, subscribe: network.subscribe },
    settings: {
      get: ports.settings.read,
      update: async (patch) => {
        const before = ports.settings.read();
        const next = settingsField.parse({
          ...before,
          ...patch,
          sync: { ...before.sync, ...patch.sync },
        });
        ports.settings.write(next);
        settingsListeners.emit(next);
        await worker.call('configure', configurationOf(next));
        automatic?.reconfigure();
        if (before.serverUrl !== next.serverUrl) void network.check();
        if (ports.automatic && isOtherSource(before, next)) triggerFull('settings');
        return next;
      },
      subscribe: settingsListeners.subscribe,
    },
    close: async () => {
      automatic?.close();
      stopNetwork();
      network.close();
      await worker.close();
      await readers.close();
    },
  };
}

/** Another server or other sites: what is on the screen is not what was asked for until the next sync. */
function isOtherSource(before: Settings, next: Settings): boolean {
  if (next.serverUrl === null) return false;
  return before.serverUrl !== next.serverUrl || String(before.siteCodes) !== String(next.siteCodes);
}

function configurationOf(settings: Settings) {
  return { serverUrl: settings.serverUrl, siteCodes: settings.siteCodes, sync: settings.sync };
}
