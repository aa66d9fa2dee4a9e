import type { SyncEvent, SyncStatus } from '../../shared/desktop/sync-state.ts';
import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/desktop/settings.ts';
import type { SessionState } from '../../shared/desktop/session-views.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { DesktopApp, TriggerRequest, Unsubscribe } from '../../main/app/desktop-app.ts';

export interface FakeDesktopApp extends DesktopApp {
  /** What shells asked for, in order. */
  triggered: TriggerRequest[];
  /** Open subscriptions to sync events. */
  subscribers: () => number;
  emit: (event: SyncEvent) => void;
  setStatus: (status: Partial<SyncStatus>) => void;
  closed: () => boolean;
}

export const NEVER_SYNCED: SyncStatus = {
  state: 'neverSynced',
  running: null,
  queued: [],
  lastSuccessAt: null,
  lastResult: null,
  nextAttemptAt: null,
  pending: 0,
  conflicts: 0,
  attention: 0,
  photos: 0,
  scopes: [],
};

const ONLINE: NetworkStatus = { state: 'online', cause: null, since: 0, serverUrl: null };

async function noTally(): Promise<never> {
  throw new TallymanError('NOT_FOUND', 'There is no such tally.');
}

const NO_TALLIES: DesktopApp['tally'] = {
  start: noTally,
  list: async () => [],
  get: noTally,
  scan: noTally,
  type: noTally,
  assign: noTally,
  void: noTally,
  place: noTally,
  post: noTally,
  discard: noTally,
  unknown: async () => [],
};

/** Nothing was ever done on this laptop, and nothing can be. */
const NO_WORK: Pick<
  DesktopApp,
  | 'records'
  | 'stock'
  | 'deliveries'
  | 'overview'
  | 'counts'
  | 'photos'
  | 'exchange'
  | 'work'
  | 'drafts'
> = {
  drafts: {
    put: async () => undefined,
    get: async () => null,
    remove: async () => undefined,
  },
  records: {
    list: async () => ({ items: [], nextCursor: null }),
    get: async () => null,
    write: async () => ({ operationId: null, ids: [] }),
  },
  photos: {
    list: async () => [],
    add: async () => {
      throw new TallymanError('NOT_FOUND', 'There is no such product.');
    },
    read: async () => ({ kind: 'absent', why: 'offline' }),
    remove: async () => ({ operationId: null }),
  },
  stock: {
    record: async () => {
      throw new TallymanError('NOT_FOUND', 'There is no such product.');
    },
    ofProduct: async () => ({ onHand: 0, pending: 0, locations: [] }),
    movements: async () => [],
    locations: async () => [],
    putAway: async () => [],
  },
  overview: {
    movements: async () => ({ items: [], nextCursor: null }),
    zones: async () => [],
    places: async () => ({ items: [], total: 0 }),
    goodsAt: async () => [],
    expiring: async () => [],
    dashboard: async () => ({ days: [], counts: [], isWhole: true }),
  },
  deliveries: { list: async () => [], get: async () => null },
  counts: {
    list: async () => [],
    get: async () => null,
    places: async () => ({ items: [], total: 0, places: 0, done: 0 }),
    lines: async () => ({ items: [], total: 0, totals: null }),
    check: async () => ({ lines: 0, errors: 0, warnings: 0, problems: [] }),
  },
  exchange: {
    lookUp: async () => [],
    write: async () => ({ operationId: null, written: 0 }),
  },
  work: {
    pending: async () => ({ waiting: 0, attention: 0, items: [], next: null }),
    undo: async () => undefined,
    retry: async () => undefined,
    discard: async () => undefined,
    conflicts: async () => [],
    resolve: async () => undefined,
  },
};

const OPEN: SessionState = { kind: 'open' };

/** Nobody has to sign in, and nobody can. */
const NO_SESSION: DesktopApp['session'] = {
  state: async () => OPEN,
  isUsable: () => true,
  isNew: () => true,
  subscribe: () => () => undefined,
  signIn: async () => OPEN,
  unlock: async () => OPEN,
  lock: async () => OPEN,
  setPin: async () => OPEN,
  removePin: async () => OPEN,
  signOut: async () => OPEN,
  changePassword: async () => OPEN,
  touch: () => undefined,
};

async function noServer(): Promise<never> {
  throw new TallymanError('OFFLINE', 'No server is set.');
}

const NO_ADMIN: DesktopApp['admin'] = {
  people: {
    list: noServer,
    add: noServer,
    update: noServer,
    setPassword: noServer,
    disable: noServer,
    enable: noServer,
  },
  devices: { list: noServer, revoke: noServer },
  sites: noServer,
  refused: noServer,
  quarantine: noServer,
  audit: noServer,
  import: noServer,
};

/** An app with an empty catalogue that remembers what was asked, for the tests of the shells. */
export function createFakeDesktopApp(overrides: Partial<DesktopApp> = {}): FakeDesktopApp {
  let status = NEVER_SYNCED;
  let settings: Settings = DEFAULT_SETTINGS;
  let closed = false;
  const triggered: TriggerRequest[] = [];
  const syncEvents = createListeners<SyncEvent>();
  const networkChanges = createListeners<NetworkStatus>();
  const settingsChanges = createListeners<Settings>();
  return {
    info: async () => ({
      version: '0.0.0',
      shell: 'headless',
      platform: 'test',
      sqliteVersion: '3.54.1',
      dataFolder: '/nowhere',
      deviceId: '00000000-0000-7000-8000-000000000000',
      areSecretsEncrypted: false,
    }),
    session: NO_SESSION,
    admin: NO_ADMIN,
    catalogue: {
      search: async () => ({ items: [], nextCursor: null, ms: 0 }),
      count: async () => ({ total: 0, ms: 0 }),
      window: async () => ({ items: [], total: 0, ms: 0 }),
      product: async () => null,
      scan: async () => null,
      categories: async () => [],
      brands: async () => [],
      sites: async () => [],
    },
    sync: {
      trigger: async (request) => {
        triggered.push(request);
        return { jobId: '00000000-0000-7000-8000-000000000001', accepted: 'queued' };
      },
      cancel: async () => undefined,
      status: async () => status,
      log: async () => [],
      acceptServer: async () => undefined,
      subscribe: syncEvents.subscribe,
    },
    ...NO_WORK,
    tally: NO_TALLIES,
    network: { status: () => ONLINE, subscribe: networkChanges.subscribe },
    settings: {
      get: () => settings,
      update: async (patch) => {
        settings = { ...settings, ...patch, sync: { ...settings.sync, ...patch.sync } } as Settings;
        settingsChanges.emit(settings);
        return settings;
      },
      subscribe: settingsChanges.subscribe,
    },
    close: async () => {
      closed = true;
    },
    ...overrides,
    triggered,
    subscribers: syncEvents.count,
    emit: syncEvents.emit,
    setStatus: (patch) => {
      status = { ...status, ...patch };
      syncEvents.emit({ type: 'statusChanged', status });
    },
    closed: () => closed,
  };
}

function createListeners<T>() {
  const listeners = new Set<(event: T) => void>();
  return {
    subscribe: (listener: (event: T) => void): Unsubscribe => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (event: T): void => {
      for (const listener of listeners) listener(event);
    },
    count: () => listeners.size,
  };
}
