import type {
  BrandOption,
  CatalogueCountInput,
  CatalogueCountResult,
  CatalogueSearchInput,
  CatalogueSearchResult,
  CatalogueWindowInput,
  CatalogueWindowResult,
  CategoryNode,
  ProductDetail,
  ScanResult,
  SiteView,
} from '../../shared/desktop/catalogue-views.ts';
import type {
  CountCheck,
  CountCheckInput,
  CountLinesInput,
  CountLinesPage,
  CountPlacesInput,
  CountPlacesPage,
  CountsInput,
  CountSummary,
} from '../../shared/desktop/count-views.ts';
import type { ImportLookUp, ImportLookUpInput } from '../../shared/desktop/exchange-views.ts';
import type {
  DeliveriesInput,
  DeliverySummary,
  DeliveryView,
  PutAwayInput,
  PutAwayPlace,
} from '../../shared/desktop/delivery-views.ts';
import type {
  Dashboard,
  DashboardInput,
  ExpiringGoods,
  ExpiringInput,
  MovementHistory,
  MovementHistoryInput,
  PlaceGoods,
  PlacesInput,
  PlacesPage,
  ZoneView,
} from '../../shared/desktop/overview-views.ts';
import type { PhotoListInput, PhotoView } from '../../shared/desktop/photo-views.ts';
import type {
  RecordKeyInput,
  RecordListInput,
  RecordListResult,
  RecordView,
} from '../../shared/desktop/record-views.ts';
import type {
  LocationsInput,
  LocationView,
  MovementListInput,
  MovementView,
  StockView,
} from '../../shared/desktop/stock-views.ts';
import type { LocalReadMethods } from '../store/local-reads.ts';
import type { RpcClient } from './worker-rpc.ts';

export type ReaderRequest<T> = (client: RpcClient<LocalReadMethods>) => Promise<T>;

/** How requests reach a reader. */
interface ReaderRoads {
  /** By whichever reader is free. */
  read: <T>(request: ReaderRequest<T>) => Promise<T>;
  /** Always by the same one, which remembers what it has worked out and leaves the other to those who type. */
  readLong: <T>(request: ReaderRequest<T>) => Promise<T>;
}

/** Reads of the catalogue, off the main thread. All answer from what is on this laptop. */
export interface CatalogueReads {
  search: (input: CatalogueSearchInput, signal?: AbortSignal) => Promise<CatalogueSearchResult>;
  count: (input: CatalogueCountInput, signal?: AbortSignal) => Promise<CatalogueCountResult>;
  window: (input: CatalogueWindowInput, signal?: AbortSignal) => Promise<CatalogueWindowResult>;
  /** Null if there is no such product on this laptop. */
  product: (id: string) => Promise<ProductDetail | null>;
  scan: (code: string) => Promise<ScanResult | null>;
  categories: () => Promise<readonly CategoryNode[]>;
  brands: (text: string, signal?: AbortSignal) => Promise<readonly BrandOption[]>;
  sites: () => Promise<readonly SiteView[]>;
}

/** All that people read, off the main thread: replica ⊕ overlay. */
export interface LocalReads {
  catalogue: CatalogueReads;
  records: {
    list: (input: RecordListInput) => Promise<RecordListResult>;
    /** Null if there is no such row. */
    get: (input: RecordKeyInput) => Promise<RecordView | null>;
  };
  photos: {
    /** In the order in which they were taken. */
    list: (input: PhotoListInput) => Promise<readonly PhotoView[]>;
  };
  stock: {
    ofProduct: (productId: string) => Promise<StockView>;
    /** Newest first. */
    movements: (input: MovementListInput) => Promise<readonly MovementView[]>;
    /** By code. */
    locations: (input: LocationsInput, signal?: AbortSignal) => Promise<readonly LocationView[]>;
    /** A few places where goods should be put, the best first. */
    putAway: (input: PutAwayInput) => Promise<readonly PutAwayPlace[]>;
  };
  /** Expected goods with what has come of them, here and everywhere. */
  deliveries: {
    list: (input: DeliveriesInput, signal?: AbortSignal) => Promise<readonly DeliverySummary[]>;
    /** Null if there is no such delivery on this laptop. */
    get: (id: string) => Promise<DeliveryView | null>;
  };
  /** How a site is doing. */
  overview: {
    /** What was moved, the newest first. */
    movements: (input: MovementHistoryInput, signal?: AbortSignal) => Promise<MovementHistory>;
    zones: (siteId: string, signal?: AbortSignal) => Promise<readonly ZoneView[]>;
    places: (input: PlacesInput, signal?: AbortSignal) => Promise<PlacesPage>;
    goodsAt: (locationId: string) => Promise<readonly PlaceGoods[]>;
    expiring: (input: ExpiringInput) => Promise<readonly ExpiringGoods[]>;
    dashboard: (input: DashboardInput, signal?: AbortSignal) => Promise<Dashboard>;
  };
  counts: {
    list: (input: CountsInput, signal?: AbortSignal) => Promise<readonly CountSummary[]>;
    /** Null if there is no such count on this laptop. */
    get: (id: string) => Promise<CountSummary | null>;
    places: (input: CountPlacesInput, signal?: AbortSignal) => Promise<CountPlacesPage>;
    lines: (input: CountLinesInput, signal?: AbortSignal) => Promise<CountLinesPage>;
    check: (input: CountCheckInput, signal?: AbortSignal) => Promise<CountCheck>;
  };
  exchange: {
    /** What rows of a file name. */
    lookUp: (input: ImportLookUpInput, signal?: AbortSignal) => Promise<readonly ImportLookUp[]>;
  };
}

export function localReadsBy(roads: ReaderRoads): LocalReads {
  const { read, readLong } = roads;
  return {
    catalogue: catalogueReadsBy(roads),
    overview: overviewReadsBy(roads),
    records: {
      list: (input) => read((client) => client.call('records', input)),
      get: (input) => read((client) => client.call('record', input)),
    },
    photos: {
      list: (input) => read((client) => client.call('photos', input)),
    },
    stock: {
      ofProduct: (productId) => read((client) => client.call('stockOf', productId)),
      movements: (input) => read((client) => client.call('movements', input)),
      locations: (input, signal) => read((client) => client.call('locations', input, signal)),
      putAway: (input) => read((client) => client.call('putAway', input)),
    },
    deliveries: {
      list: (input, signal) => read((client) => client.call('deliveries', input, signal)),
      get: (id) => read((client) => client.call('delivery', id)),
    },
    counts: {
      list: (input, signal) => readLong((client) => client.call('counts', input, signal)),
      get: (id) => read((client) => client.call('countDetail', id)),
      places: (input, signal) => readLong((client) => client.call('countPlaces', input, signal)),
      lines: (input, signal) => readLong((client) => client.call('countLines', input, signal)),
      check: (input, signal) => readLong((client) => client.call('countCheck', input, signal)),
    },
    exchange: {
      lookUp: (input, signal) => readLong((client) => client.call('importLookUp', input, signal)),
    },
  };
}

function catalogueReadsBy({ read, readLong }: ReaderRoads): LocalReads['catalogue'] {
  return {
    search: (input, signal) => read((client) => client.call('search', input, signal)),
    count: (input, signal) => readLong((client) => client.call('count', input, signal)),
    window: (input, signal) => readLong((client) => client.call('window', input, signal)),
    product: (id) => read((client) => client.call('product', id)),
    scan: (code) => read((client) => client.call('scan', code)),
    categories: () => readLong((client) => client.call('categories', null)),
    brands: (text, signal) => readLong((client) => client.call('brands', text, signal)),
    sites: () => read((client) => client.call('sites', null)),
  };
}

function overviewReadsBy({ read, readLong }: ReaderRoads): LocalReads['overview'] {
  return {
    movements: (input, signal) =>
      readLong((client) => client.call('movementHistory', input, signal)),
    zones: (siteId, signal) => readLong((client) => client.call('zones', siteId, signal)),
    places: (input, signal) => readLong((client) => client.call('places', input, signal)),
    goodsAt: (locationId) => read((client) => client.call('goodsAt', locationId)),
    expiring: (input) => read((client) => client.call('expiring', input)),
    dashboard: (input, signal) => readLong((client) => client.call('dashboard', input, signal)),
  };
}
