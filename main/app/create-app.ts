import { randomUUID } from 'node:crypto';
import type { AppInfo } from '../../shared/desktop/app-info.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/desktop/settings.ts';
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
import { createAdminService } from './session/admin-service.ts';
import { createSession } from './session/create-session.ts';
import {
  followMachine,
  settingsOfPeople,
  fetchWhatIsMissing,
  reportHealth,
  shownTo,
} from './session/follow-people.ts';
import { SessionBooks } from './session/session-book.ts';
import type { SessionService } from './session/session-service.ts';
import { renewPokesAfterBreaks } from './renew-pokes.ts';
import { createSettingsService } from './settings-service.ts';
import { tallyByWorker } from './tally-by-worker.ts';
import { workByWorkers } from './work-by-workers.ts';

/**
 * Puts the app together from a shell's ports. The main thread only passes messages on: the data worker writes and
 * syncs, the reader workers read. Rejects with the reason if the data folder cannot be opened.
 */
export async function createApp(given: AppPorts): Promise<DesktopApp> {
  const { ports, endQuietly } = withQuietEnd(given);
  const parts = await startParts(ports);
  const { readers, network, worker, session, withdrawal, automatic, settings, tellOffline } = parts;
  const stopNetwork = network.subscribe(tellOffline);
  const stopFollowing = followMachine({ power: ports.power, network, session });
  session.resume();
  void network.check();

  return {
    info: () => appInfo(ports, worker),
    catalogue: readers.catalogue,
    sync: syncByWorker(worker, parts.syncListeners),
    ...workByWorkers(worker, readers, () => ports.settings.read().personId),
    tally: tallyByWorker(worker, ports.settings.read),
    network: { status: network.status, subscribe: network.subscribe },
    settings: settingsOfPeople(settings, session),
    session,
    admin: createAdminService(session.call),
    close: async () => {
      endQuietly();
      automatic?.close();
      await session.close();
      withdrawal.close();
      stopFollowing();
      stopNetwork();
      network.close();
      await worker.close();
      await readers.close();
    },
  };
}

/** The parts that live as long as the app, each of which needs some of the others. */
async function startParts(ports: AppPorts) {
  const syncListeners = new Listeners<SyncEvent>(ports.onError);
  const { readerWorkerEntry: entry, dataFolder } = ports.paths;
  const readers = createReaderPool({ entry, dataFolder });
  const books = await SessionBooks.open(ports.secrets, ports.onError);
  const network = startNetwork(ports, (signIn) => {
    if (signIn !== null) session.noteRequired(signIn === 'required').catch(ports.onError);
  });
  let automatic: AutomaticTriggers | null = null;
  const tellOffline = (): void => {
    const offline = network.status().state === 'offline';
    worker.call('setOffline', offline).catch(ports.onError);
  };
  const { session, withdrawal } = createSession(ports, {
    books,
    worker: () => worker,
    isOnline: () => network.status().state === 'online',
    onPeopleChanged: () => showPeople(),
    onSignedIn: () => automatic?.signedIn(),
    onEntered: async () => automatic && fetchWhatIsMissing(worker, session),
    clear: () => clearLaptop(ports, readers, worker),
  });
  const worker: DataWorkerKeeper = startWorker(ports, readers, {
    session,
    isClearing: () => books.book.withdrawn === 'clearing',
    onSyncEvent: (event) => {
      noteRun(event, { network, worker, session });
      syncListeners.emit(event);
    },
    onRestarted: () => {
      openReaders().catch(ports.onError);
      // A new thread knows nothing of the network, and has no token.
      tellOffline();
      session.workerRestarted();
    },
    onPokes: (isLive) => automatic?.pokesLive(isLive),
  });
  const openReaders = async (): Promise<void> => {
    await readers.openReplicas(shownTo(session, await worker.call('replicas', null)));
  };
  const settings = createSettingsService(ports.settings, {
    onListenerError: ports.onError,
    onChanged: (before, next) =>
      applySettings(before, next, { worker, session, network, automatic }),
  });
  const showPeople = async (): Promise<void> => {
    const personId = session.isRequired() ? session.personId() : settings.get().personId;
    await settings.update({ personId });
    await openReaders();
  };
  await orCloseAll(worker.started.then(openReaders), { network, session, readers });
  automatic = ports.automatic ? startTriggers(ports, network, worker) : null;
  syncListeners.subscribe((event) => {
    if (event.type === 'dataChanged' && event.source === 'local') automatic?.changedLocally();
    if (event.type === 'onSyncError') automatic?.runFailed();
  });
  return {
    readers,
    network,
    worker,
    session,
    withdrawal,
    automatic,
    settings,
    syncListeners,
    tellOffline,
  };
}

/** A shell that says why and leaves must not be kept alive by idle threads. */
async function orCloseAll(
  starting: Promise<void>,
  {
    network,
    session,
    readers,
  }: { network: NetworkService; session: SessionService; readers: ReaderPool },
): Promise<void> {
  try {
    await starting;
  } catch (error) {
    network.close();
    await session.close();
    await readers.close();
    throw error;
  }
}

interface Applied {
  worker: DataWorkerKeeper;
  session: SessionService;
  network: NetworkService;
  automatic: AutomaticTriggers | null;
}

async function applySettings(before: Settings, next: Settings, parts: Applied): Promise<void> {
  const { worker, session, network, automatic } = parts;
  await worker.call('configure', configurationOf(next, session));
  automatic?.reconfigure();
  session.checkIdle();
  if (before.serverUrl !== next.serverUrl) void network.check();
  if (automatic && isOtherSource(before, next)) await fetchFromOtherSource(worker);
}

/** A run says more of the network than a probe, and those who look after laptops want to know how it went. */
function noteRun(event: SyncEvent, { network, worker, session }: Omit<Applied, 'automatic'>): void {
  if (event.type === 'onSyncComplete') network.noteReached();
  if (event.type === 'onSyncError') void network.check();
  if ('result' in event) void reportHealth(worker, session).catch(() => undefined);
}

/** The next data worker empties the folder before it opens it. */
async function clearLaptop(
  ports: AppPorts,
  readers: ReaderPool,
  worker: DataWorkerKeeper,
): Promise<void> {
  await readers.openReplicas([]);
  ports.settings.write({ ...DEFAULT_SETTINGS, serverUrl: ports.settings.read().serverUrl });
  await worker.renew();
}

/** What was under way when the app closed is no failure that anybody waits to hear of. */
function withQuietEnd(given: AppPorts): { ports: AppPorts; endQuietly: () => void } {
  let isEnding = false;
  const onError = (error: unknown): void => {
    if (!isEnding && !isCancelled(error)) given.onError(error);
  };
  return {
    ports: { ...given, onError },
    endQuietly: () => {
      isEnding = true;
    },
  };
}

function isCancelled(error: unknown): boolean {
  return error instanceof TallymanError && error.code === 'CANCELLED';
}

function syncByWorker(
  worker: DataWorkerKeeper,
  listeners: Listeners<SyncEvent>,
): DesktopApp['sync'] {
  return {
    trigger: (request) => worker.call('trigger', request),
    cancel: (jobId) => worker.call('cancel', jobId),
    status: () => worker.call('status', null),
    log: (input) => worker.call('log', input),
    acceptServer: () => worker.call('acceptServer', null),
    subscribe: listeners.subscribe,
  };
}

async function appInfo(ports: AppPorts, worker: DataWorkerKeeper): Promise<AppInfo> {
  return {
    ...(await worker.call('info', null)),
    version: ports.appVersion,
    shell: ports.shell,
    platform: process.platform,
    dataFolder: ports.paths.dataFolder,
    areSecretsEncrypted: ports.secrets.isEncrypted,
  };
}

function startNetwork(
  ports: AppPorts,
  onSignIn: (signIn: 'open' | 'required' | null) => void,
): NetworkService {
  return createNetworkService({
    now: ports.now,
    fetch: globalThis.fetch,
    newNonce: randomUUID,
    link: ports.link,
    serverUrl: () => ports.settings.read().serverUrl,
    onListenerError: ports.onError,
    onSignIn,
  });
}

/** The data worker, and readers that follow whichever files it makes current. */
function startWorker(
  ports: AppPorts,
  readers: ReaderPool,
  on: {
    session: SessionService;
    isClearing: () => boolean;
    onSyncEvent: (event: SyncEvent) => void;
    onPokes: (isLive: boolean) => void;
    onRestarted: () => void;
  },
): DataWorkerKeeper {
  const { session } = on;
  const onEvent = (event: DataWorkerEvent): void => {
    if (event.kind === 'sync') on.onSyncEvent(event.event);
    if (event.kind === 'pokes') on.onPokes(event.isLive);
    if (event.kind === 'trouble') ports.onError(fromWireError(event.error));
    if (event.kind === 'accessAsked') {
      session.answerAccess(event.personId).catch(ports.onError);
    }
    if (event.kind !== 'replicas') return;
    readers
      .openReplicas(shownTo(session, event.replicas))
      .then(() => worker.call('removeLeftovers', null))
      .catch(ports.onError);
  };
  const worker: DataWorkerKeeper = keepDataWorker({
    now: ports.now,
    start: () => ({
      entry: ports.paths.dataWorkerEntry,
      start: {
        dataFolder: ports.paths.dataFolder,
        finisherEntry: ports.paths.replicaFinisherEntry.href,
        configuration: configurationOf(ports.settings.read(), session),
        resumeJobs: ports.automatic,
        session: {
          personId: session.personId(),
          isRequired: session.isRequired(),
          clearFirst: on.isClearing(),
        },
      },
      onEvent,
    }),
    onRestarted: () => {
      on.onPokes(false);
      on.onRestarted();
    },
    onDeath: ports.onError,
  });
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

function configurationOf({ serverUrl, siteCodes, sync }: Settings, session: SessionService) {
  return { serverUrl, siteCodes, sync, keptSites: session.sites().kept };
}
