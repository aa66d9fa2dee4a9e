import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/desktop/settings.ts';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import { createFakeCatalogue, type FakeCatalogue, fakeId } from './fake-catalogue.ts';
import { fakeMatches, fakeSearch } from './fake-search.ts';
import { createFakeSync, type FakeSync } from './fake-sync.ts';

export interface FakeDesktopOptions {
  now: () => number;
  products?: number | undefined;
  /** `empty`: no server set, nothing synced. */
  start?: 'synced' | 'empty' | undefined;
  settings?: Partial<Settings> | undefined;
}

export interface FakeDesktop {
  app: DesktopApp;
  catalogue: FakeCatalogue;
  sync: FakeSync;
  setNetwork: (patch: Partial<NetworkStatus>) => void;
  /** How many of the products have arrived. */
  setVisible: (count: number) => void;
  /** Every call that changes something, in order, for tests to look at. */
  calls: readonly string[];
}

const PRODUCTS_DEFAULT = 10_000;
const MINUTE = 60_000;
const BRANDS_LISTED_MAX = 50;

interface Emitter<T> {
  emit: (value: T) => void;
  subscribe: (listener: (value: T) => void) => () => void;
}

function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    emit: (value) => {
      for (const listener of listeners) listener(value);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function startingStatus(options: FakeDesktopOptions, catalogue: FakeCatalogue): SyncStatus {
  const at = options.now();
  const empty = options.start === 'empty';
  const rows = catalogue.products.length;
  return {
    state: empty ? 'neverSynced' : 'idle',
    running: null,
    queued: [],
    lastSuccessAt: empty ? null : at - 3 * MINUTE,
    lastResult: null,
    nextAttemptAt: null,
    pending: 0,
    conflicts: 0,
    scopes: empty
      ? []
      : [
          {
            scope: 'catalogue',
            siteCode: null,
            name: null,
            version: 412,
            complete: true,
            rows: { product: rows, barcode: rows * 2, category: 13, brand: 12, site: 2 },
            verifiedAt: at - 3 * MINUTE,
          },
          ...catalogue.sites.map((site) => ({
            scope: `site:${site.id}`,
            siteCode: site.code,
            name: site.name,
            version: 77,
            complete: true,
            rows: { location: 40, stock_level: rows },
            verifiedAt: at - 3 * MINUTE,
          })),
        ],
  };
}

/** An app in memory, for component tests and the dev page: the real contract, generated data, scripted events. */
export function createFakeDesktop(options: FakeDesktopOptions): FakeDesktop {
  const catalogue = createFakeCatalogue(options.products ?? PRODUCTS_DEFAULT);
  const sync = createFakeSync(options.now, startingStatus(options, catalogue));
  const empty = options.start === 'empty';
  const calls: string[] = [];
  const networkChanges = createEmitter<NetworkStatus>();
  const settingsChanges = createEmitter<Settings>();
  let visible = empty ? 0 : catalogue.products.length;
  let settings: Settings = {
    ...DEFAULT_SETTINGS,
    serverUrl: empty ? null : 'https://tallyman.example.com',
    ...options.settings,
  };
  let network: NetworkStatus = {
    state: empty ? 'offline' : 'online',
    cause: empty ? 'noServerSet' : null,
    since: options.now() - 12 * MINUTE,
    serverUrl: settings.serverUrl,
  };
  const setNetwork = (patch: Partial<NetworkStatus>): void => {
    network = { ...network, since: options.now(), ...patch };
    networkChanges.emit(network);
  };
  const productById = (id: string): FakeCatalogue['products'][number] | null =>
    catalogue.products.slice(0, visible).find((product) => product.id === id) ?? null;

  const app: DesktopApp = {
    info: async () => ({
      version: '0.1.0',
      shell: 'browser',
      platform: 'linux x64',
      sqliteVersion: '3.54.1',
      dataFolder: '/home/mara/.local/share/tallyman',
      deviceId: fakeId(9, 1),
    }),
    catalogue: {
      search: async (input) => fakeSearch(catalogue, input, visible),
      count: async (input) => ({ total: fakeMatches(catalogue, input, visible).length, ms: 1 }),
      product: async (id) => productById(id),
      scan: async (code) => {
        const product = catalogue.products
          .slice(0, visible)
          .find(({ packs }) => packs.some((pack) => pack.code === code));
        const pack = product?.packs.find((one) => one.code === code);
        return product && pack ? { product, packQuantity: pack.packQuantity } : null;
      },
      categories: async () => (visible > 0 ? catalogue.categories : []),
      brands: async (text) =>
        catalogue.brands
          .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
          .slice(0, BRANDS_LISTED_MAX),
      sites: async () => (visible > 0 ? catalogue.sites : []),
    },
    sync: {
      trigger: async (request) => {
        calls.push(`trigger ${request.syncUnit} ${request.reason}`);
        return { jobId: sync.start(request.reason, request.syncUnit), accepted: 'queued' };
      },
      cancel: async (jobId) => {
        calls.push(`cancel ${jobId}`);
        sync.finish({ outcome: 'cancelled' });
      },
      status: async () => sync.status(),
      log: async (limit) => sync.log().slice(0, limit),
      acceptServer: async () => {
        calls.push('acceptServer');
      },
      subscribe: sync.subscribe,
    },
    network: { status: () => network, subscribe: networkChanges.subscribe },
    settings: {
      get: () => settings,
      update: async ({ sync: syncPatch, ...patch }) => {
        calls.push(`settings ${JSON.stringify({ ...patch, ...syncPatch })}`);
        settings = {
          serverUrl: patch.serverUrl === undefined ? settings.serverUrl : patch.serverUrl,
          siteCodes: patch.siteCodes === undefined ? settings.siteCodes : patch.siteCodes,
          language: patch.language ?? settings.language,
          colorScheme: patch.colorScheme ?? settings.colorScheme,
          sync: { ...settings.sync, ...withoutAbsent(syncPatch ?? {}) },
        };
        settingsChanges.emit(settings);
        return settings;
      },
      subscribe: settingsChanges.subscribe,
    },
    close: async () => {},
  };
  return { app, catalogue, sync, setNetwork, setVisible: (count) => (visible = count), calls };
}

/** A key that is there with the value `undefined` means the same as no key. */
function withoutAbsent<T extends object>(patch: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(patch).filter(([, value]) => value !== undefined),
  ) as ReturnType<typeof withoutAbsent<T>>;
}
