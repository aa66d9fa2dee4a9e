import { randomInt } from 'node:crypto';
import { mkdirSync, statfsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { v7 as uuidv7 } from 'uuid';
import { TALLIES_CHANGED } from '../../shared/desktop/tallies-changed.ts';
import { must } from '../../shared/domain/assert.ts';
import { toWireError } from '../../shared/errors.ts';
import { WorkBackups } from '../store/backup/work-backups.ts';
import { clearFolder } from '../store/clear-folder.ts';
import { takeOwnerLock } from '../store/owner-lock.ts';
import { sqliteVersion } from '../store/sqlite.ts';
import { ClockOffsetStore } from '../store/clock-offset-store.ts';
import { WorkStore } from '../store/work-store.ts';
import { Access } from '../sync/access.ts';
import { clockedServer } from '../sync/clocked-server.ts';
import { lazyServerCalls } from '../sync/lazy-server-calls.ts';
import { CurrentRecords } from '../sync/current-records.ts';
import { LocalWork } from '../sync/local-work.ts';
import { HeardNews, serverWithNews } from '../sync/poke/heard-news.ts';
import { LaptopPokes } from '../sync/poke/laptop-pokes.ts';
import { sleepUntilAborted } from '../sync/poke/sleep-until-aborted.ts';
import { type LaptopPhotos, openPhotos } from '../sync/photos/laptop-photos.ts';
import { ReplicaSet } from '../sync/replica-set.ts';
import { type EnginePorts, SyncEngine } from '../sync/sync-engine.ts';
import { SharedClock } from '../sync/shared-clock.ts';
import { LocalTally } from '../sync/tally/local-tally.ts';
import type {
  DataWorkerEvent,
  DataWorkerMethods,
  DataWorkerStart,
} from './data-worker-contract.ts';
import { foldInThread } from './fold-in-thread.ts';
import { finishInThread, verifyInThread } from './finish-in-thread.ts';
import { sessionMethods } from './session-contract.ts';
import { tallyMethods } from './tally-contract.ts';
import { emitEvent, serveRequests } from './worker-rpc.ts';

/**
 * The one thread that writes a data folder and talks to the server. Entry only: it puts the parts together. If the
 * folder cannot be opened it says why and ends, so that the app can tell a person.
 */
const port = must(parentPort, 'the data worker runs as a worker thread');

/** Fine enough for spreading retries. */
const RANDOM_STEPS = 2 ** 31;

/** By then the first page is on the screen, and the first run, if it has not begun, need not wait for the client. */
const CLIENT_LOADED_AFTER_MS = 500;

function emit(event: DataWorkerEvent): void {
  emitEvent(port, event);
}

function open(start: DataWorkerStart): DataWorkerMethods {
  const { dataFolder, configuration, resumeJobs } = start;
  mkdirSync(dataFolder, { recursive: true });
  const lock = takeOwnerLock(dataFolder);
  const work = openWork(start);
  const access = openAccess(start);
  const calls = lazyServerCalls();
  const clock = openClock(work);
  const news = openNews(work);
  const records: CurrentRecords = new CurrentRecords(work, () => replicas.views());
  const replicas = new ReplicaSet(dataFolder, work, (views) => {
    records.close();
    emit({ kind: 'replicas', replicas: views });
  });
  const backups = openBackups(dataFolder, work, new URL(start.finisherEntry));
  const photos: LaptopPhotos = openPhotos({
    ...photoPorts(access),
    dataFolder,
    work,
    serverUrl: configuration.serverUrl,
    reader: () => records.reader(),
    onChanged: (entities) => engine.noteLocalChange(entities),
  });
  const engine: SyncEngine = new SyncEngine({
    work,
    replicas,
    configuration,
    photos: photos.sync,
    emit: (event) => {
      emit({ kind: 'sync', event });
      pokes.hear(event);
    },
    rowOf: (entity, id) => records.reader().get(entity, id)?.row ?? null,
    ports: enginePorts(start, { clock, access, news }),
  });
  const localWork = new LocalWork({
    work,
    reader: () => records.reader(),
    now: () => clock.now(),
    newId: () => uuidv7(),
    onChanged: (entities) => engine.noteLocalChange(entities),
  });
  const pokes: LaptopPokes = openPokes(start, { work, replicas, engine, access, news });
  if (resumeJobs) engine.start();
  return {
    ...tallyMethods(openTally({ work, records, clock }, localWork)),
    ...sessionMethods(work, access, calls),
    info: () => ({ deviceId: work.deviceId(), sqliteVersion: sqliteVersion() }),
    replicas: () => replicas.views(),
    ...engineMethods(engine),
    ...personMethods(localWork),
    ...draftMethods(work),
    ...photos.methods,
    ...surroundings({ photos, engine, pokes, access }),
    removeLeftovers: () => replicas.removeLeftovers(),
    close: async () => {
      await pokes.close();
      await engine.close();
      await photos.close();
      await calls.close();
      await backups.close();
      records.close();
      await replicas.removed();
      replicas.close();
      work.close();
      lock.release();
    },
  };
}

function openWork({ dataFolder, session }: DataWorkerStart): WorkStore {
  if (session?.clearFirst) clearFolder(dataFolder);
  const work = WorkStore.open(dataFolder, () => uuidv7());
  work.person.id = session?.personId ?? null;
  return work;
}

function enginePorts(
  { dataFolder, finisherEntry }: DataWorkerStart,
  server: ServerParts,
): EnginePorts {
  const { access } = server;
  return {
    access,
    now: Date.now,
    newId: () => uuidv7(),
    random,
    setTimer,
    connect: (url) => connect(url, server),
    finishReplica: finishInThread(new URL(finisherEntry)),
    foldLog: foldInThread(new URL(finisherEntry), setTimer),
    freeBytes: () => freeBytesOf(dataFolder),
  };
}

function random(): number {
  return randomInt(RANDOM_STEPS) / RANDOM_STEPS;
}

interface PokedParts {
  work: WorkStore;
  replicas: ReplicaSet;
  engine: SyncEngine;
  access: Access;
  news: HeardNews;
}

function openPokes(
  { configuration, resumeJobs }: DataWorkerStart,
  { work, replicas, engine, access, news }: PokedParts,
): LaptopPokes {
  return new LaptopPokes({
    configuration,
    news,
    isAutomatic: resumeJobs,
    deviceId: () => work.deviceId(),
    trustedServer: () => work.trustedServer(),
    followedScopes: () => work.followedScopes(),
    heldVersion: (scope) => {
      const state = replicas.get(scope, 'current')?.state;
      return state?.complete ? state.version : null;
    },
    runningUnit: () => engine.runningUnit,
    trigger: (syncUnit) =>
      engine.trigger({ syncUnit, discardPendingSyncUnits: false, reason: 'poke' }),
    onLive: (isLive) => emit({ kind: 'pokes', isLive }),
    connect: async (url) => {
      const { createHttpPokeServer } = await import('../sync/poke/http-poke-server.ts');
      return createHttpPokeServer(url, access);
    },
    now: Date.now,
    random,
    sleep: sleepUntilAborted,
    setTimer,
  });
}

/** What the app tells the sync of the world around it. */
function surroundings({
  photos,
  engine,
  pokes,
  access,
}: {
  photos: LaptopPhotos;
  engine: SyncEngine;
  pokes: LaptopPokes;
  access: Access;
}) {
  return {
    configure: (next) => {
      photos.setServer(next.serverUrl);
      engine.configure(next);
      pokes.configure(next);
    },
    setOffline: (offline) => {
      photos.setOffline(offline);
      engine.setOffline(offline);
      pokes.setOffline(offline);
    },
    renewPokes: () => pokes.renew(),
    setAccess: (next) => {
      access.set(next);
      pokes.changePerson();
    },
  } satisfies Partial<DataWorkerMethods>;
}

function engineMethods(engine: SyncEngine) {
  return {
    trigger: (request) => engine.trigger(request),
    cancel: (jobId) => engine.cancel(jobId),
    status: () => engine.status(),
    log: (input) => engine.log(input),
    acceptServer: () => engine.acceptServer(),
  } satisfies Partial<DataWorkerMethods>;
}

function personMethods(localWork: LocalWork) {
  return {
    write: (writes) => localWork.write(writes),
    importRows: (writes) => localWork.importRows(writes),
    recordMovement: (input) => localWork.recordMovement(input),
    pending: (input) => localWork.pending(input),
    undo: (operationId) => localWork.undo(operationId),
    retry: (input) => localWork.retry(input),
    discard: (operationId) => localWork.discard(operationId),
    conflicts: () => localWork.conflicts(),
    resolve: (resolutions) => localWork.resolve(resolutions),
  } satisfies Partial<DataWorkerMethods>;
}

function draftMethods({
  drafts,
}: WorkStore): Pick<DataWorkerMethods, 'putDraft' | 'draft' | 'removeDraft'> {
  return {
    putDraft: (input) => drafts.put(input, Date.now()),
    draft: (key) => drafts.get(key),
    removeDraft: (key) => drafts.remove(key),
  };
}

function openClock(work: WorkStore): SharedClock {
  return new SharedClock({
    wall: Date.now,
    steady: () => performance.now(),
    kept: new ClockOffsetStore(work.db),
  });
}

interface TallyOf {
  work: WorkStore;
  records: CurrentRecords;
  clock: SharedClock;
}

function openTally({ work, records, clock }: TallyOf, localWork: LocalWork): LocalTally {
  return new LocalTally({
    work,
    sources: () => records.sources(),
    now: Date.now,
    sharedTime: (at) => clock.at(at),
    newId: () => uuidv7(),
    onError: (error) => emit({ kind: 'trouble', error: toWireError(error) }),
    onTallies: () =>
      emit({
        kind: 'sync',
        event: { type: 'dataChanged', entities: [TALLIES_CHANGED], source: 'local' },
      }),
    onPosted: (entities) => localWork.tellChanged([...entities, TALLIES_CHANGED]),
  });
}

/** The HTTP client is half of what this thread would load, and nobody needs it before the first run. */
const loadClient = () => import('../sync/trpc-sync-server.ts');

function openNews(work: WorkStore): HeardNews {
  return new HeardNews({
    steady: () => performance.now(),
    lastAnswered: () => work.outbox.lastAnswered(),
  });
}

interface ServerParts {
  clock: SharedClock;
  access: Access;
  news: HeardNews;
}

async function connect(url: string, { clock, access, news }: ServerParts) {
  const { createTrpcSyncServer } = await loadClient();
  const server = createTrpcSyncServer(url, { access });
  const clocked = clockedServer(server, clock, (signal) => server.time(signal));
  return serverWithNews(clocked, news);
}

function openAccess({ session }: DataWorkerStart): Access {
  return new Access({
    steady: () => performance.now(),
    isRequired: session?.isRequired ?? false,
    ask: (personId) => emit({ kind: 'accessAsked', personId }),
  });
}

function photoPorts(access: Access) {
  return {
    now: Date.now,
    newId: () => uuidv7(),
    setTimer,
    connect: async (url: string) => {
      const { createHttpPhotoServer } = await import('../sync/photos/http-photo-server.ts');
      return createHttpPhotoServer(url, access);
    },
    onError: (error: unknown) => emit({ kind: 'trouble', error: toWireError(error) }),
  };
}

function openBackups(dataFolder: string, work: WorkStore, finisher: URL): WorkBackups {
  const backups = new WorkBackups(
    { db: work.db, dataFolder },
    {
      now: Date.now,
      setTimer,
      verify: verifyInThread(finisher),
      onMade: (file) => work.addNote({ type: 'backupMade', file }, Date.now()),
      onError: (error) => emit({ kind: 'trouble', error: toWireError(error) }),
    },
  );
  backups.start();
  return backups;
}

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function setTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}

try {
  serveRequests(port, open(workerData as DataWorkerStart), 'at once');
  emit({ kind: 'ready' });
  // A failure shows when a run needs it.
  setTimer(CLIENT_LOADED_AFTER_MS, () => void loadClient().catch(() => undefined));
} catch (error) {
  emit({ kind: 'failed', error: toWireError(error) });
  port.close();
}
