import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import { patchSettings, type Settings } from '../../shared/desktop/settings.ts';
import type { SessionState } from '../../shared/desktop/session-views.ts';
import { TallymanError } from '../../shared/errors.ts';
import { createFakeAdmin } from './fake-admin.ts';
import { createFakeOverview } from './fake-overview.ts';
import { createFakeCounts } from './fake-counts.ts';
import { createFakeExchange } from './fake-exchange.ts';
import { createFakeDeliveries } from './fake-deliveries.ts';
import { createFakeDrafts } from './fake-drafts.ts';
import { createFakeCatalogue, type FakeCatalogue, fakeId } from './fake-catalogue.ts';
import { fakeMatches, fakeSearch } from './fake-search.ts';
import { startingSettings } from './fake-settings.ts';
import { startingStatus } from './fake-status.ts';
import { createFakePhotos } from './fake-photos.ts';
import { createFakeRecords } from './fake-records.ts';
import { startingRows } from './fake-rows.ts';
import { createFakeSession, type FakeSession } from './fake-session.ts';
import { createFakeStock } from './fake-stock.ts';
import { FakeStore } from './fake-store.ts';
import { createFakeSync, type FakeSync, fitsLogFilter } from './fake-sync.ts';
import { createFakeTally } from './fake-tally.ts';
import { createFakeWork } from './fake-work.ts';

export interface FakeDesktopOptions {
  now: () => number;
  products?: number | undefined;
  /** `empty`: no server set, nothing synced. */
  start?: 'synced' | 'empty' | undefined;
  settings?: Partial<Settings> | undefined;
  /** A server without people, unless it is given. */
  session?: SessionState | undefined;
  /** As where the system has a key store, unless it is said. */
  areSecretsEncrypted?: boolean | undefined;
}

export interface FakeDesktop {
  app: DesktopApp;
  catalogue: FakeCatalogue;
  sync: FakeSync;
  /** What people and others did; `elsewhere` plays another laptop, `sync.finish()` lets the server judge. */
  store: FakeStore;
  session: FakeSession;
  setNetwork: (patch: Partial<NetworkStatus>) => void;
  /** How many of the products have arrived. */
  setVisible: (count: number) => void;
  /** Every call that changes something, in order, for tests to look at. */
  calls: readonly string[];
}

const PRODUCTS_DEFAULT = 10_000;
const MINUTE = 60_000;
const BRANDS_LISTED_MAX = 50;

/** An app in memory, for component tests and the dev page: the real contract, generated data, scripted events. */
export function createFakeDesktop(options: FakeDesktopOptions): FakeDesktop {
  const isEmpty = options.start === 'empty';
  const catalogue = createFakeCatalogue(options.products ?? PRODUCTS_DEFAULT);
  const sync = createFakeSync(options.now, startingStatus(options.now(), isEmpty, catalogue));
  const calls: string[] = [];
  const rows: ReturnType<typeof startingRows> = isEmpty ? new Map() : startingRows(catalogue);
  const store = new FakeStore(rows, sync, options.now);
  sync.subscribe((event) => {
    if (event.type === 'onSyncComplete' && event.result.outcome === 'complete') store.settle();
  });
  let visible = isEmpty ? 0 : catalogue.products.length;
  const settings = createHeld(startingSettings(isEmpty, options.settings ?? {}));
  const network = createHeld<NetworkStatus>({
    state: isEmpty ? 'offline' : 'online',
    cause: isEmpty ? 'noServerSet' : null,
    since: options.now() - 12 * MINUTE,
    serverUrl: settings.get().serverUrl,
  });

  const session = createFakeSession(options.session ?? { kind: 'open' }, {
    now: options.now,
    calls,
  });
  const reach = (): void => {
    if (network.get().state === 'online') return;
    throw new TallymanError('OFFLINE', 'The server cannot be reached.');
  };
  const records = createFakeRecords(store, calls);
  const stock = createFakeStock({ store, catalogue, calls, now: options.now });
  const app: DesktopApp = {
    info: async () => ({
      version: '0.1.0',
      shell: 'browser',
      platform: 'linux x64',
      sqliteVersion: '3.54.1',
      dataFolder: '/home/mara/.local/share/tallyman',
      deviceId: fakeId(9, 1),
      areSecretsEncrypted: options.areSecretsEncrypted ?? true,
    }),
    session: session.app,
    admin: createFakeAdmin({ now: options.now, calls, reach }),
    catalogue: fakeReader(catalogue, () => visible),
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
      log: async ({ limit, unit, outcome, before }) =>
        sync
          .log()
          .filter((entry) => fitsLogFilter(entry, unit, outcome))
          .filter(({ number }) => before === null || number < before)
          .slice(0, limit),
      acceptServer: async () => {
        calls.push('acceptServer');
      },
      subscribe: sync.subscribe,
    },
    records,
    photos: createFakePhotos({ store, records, calls, now: options.now }),
    stock,
    overview: createFakeOverview({ catalogue, stock, now: options.now }),
    counts: createFakeCounts({ store, catalogue }),
    exchange: createFakeExchange({ store, catalogue, records, stock }),
    deliveries: createFakeDeliveries({ store, catalogue }),
    work: createFakeWork(store, calls),
    tally: createFakeTally({ store, catalogue, calls, now: options.now, settings: settings.get }),
    drafts: createFakeDrafts(options.now),
    network: { status: network.get, subscribe: network.subscribe },
    settings: {
      get: settings.get,
      update: async (patch) => {
        calls.push(`settings ${JSON.stringify(patch)}`);
        settings.set(patchSettings(settings.get(), patch));
        return settings.get();
      },
      subscribe: settings.subscribe,
    },
    close: async () => {},
  };
  return {
    app,
    catalogue,
    sync,
    store,
    session,
    calls,
    setNetwork: (patch) => network.set({ ...network.get(), since: options.now(), ...patch }),
    setVisible: (count) => {
      visible = count;
    },
  };
}

function fakeReader(catalogue: FakeCatalogue, visible: () => number): DesktopApp['catalogue'] {
  const arrived = (): FakeCatalogue['products'] => catalogue.products.slice(0, visible());
  return {
    search: async (input) => fakeSearch(catalogue, input, visible()),
    window: async (input) => {
      const matches = fakeMatches(catalogue, input, visible());
      const items = matches.slice(input.offset, input.offset + input.limit);
      return { items, total: matches.length, ms: 1 };
    },
    count: async (input) => ({ total: fakeMatches(catalogue, input, visible()).length, ms: 1 }),
    product: async (id) => arrived().find((product) => product.id === id) ?? null,
    scan: async (code) => {
      for (const product of arrived()) {
        const pack = product.packs.find((one) => one.code === code);
        if (pack) return { product, packQuantity: pack.packQuantity };
      }
      return null;
    },
    categories: async () => (visible() > 0 ? catalogue.categories : []),
    brands: async (text) =>
      catalogue.brands
        .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
        .slice(0, BRANDS_LISTED_MAX),
    sites: async () => (visible() > 0 ? catalogue.sites : []),
  };
}

interface Held<T> {
  get: () => T;
  set: (value: T) => void;
  subscribe: (listener: (value: T) => void) => () => void;
}

function createHeld<T>(initial: T): Held<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => value,
    set: (next) => {
      value = next;
      for (const listener of listeners) listener(next);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
