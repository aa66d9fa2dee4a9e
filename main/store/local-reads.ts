import type { ImportLookUp, ImportLookUpInput } from '../../shared/desktop/exchange-views.ts';
import type {
  DeliveriesInput,
  DeliverySummary,
  DeliveryView,
  PutAwayInput,
  PutAwayPlace,
} from '../../shared/desktop/delivery-views.ts';
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
import { type CatalogueReadMethods, catalogueReads } from './catalogue/catalogue-reads.ts';
import { type ReadFiles, ReplicaReader } from './catalogue/replica-reader.ts';
import { type CountReadMethods, countReads } from './counts/count-reads.ts';
import { importLookUp, NOTHING_FOUND } from './exchange/import-look-up.ts';
import { deliveryDetail } from './deliveries/delivery-detail.ts';
import { deliveryList } from './deliveries/delivery-list.ts';
import { type OverviewReadMethods, overviewReads } from './overview/overview-reads.ts';
import { photoList } from './photos/photo-list.ts';
import { locationList } from './stock/location-list.ts';
import { movementList } from './stock/movement-list.ts';
import { stockView } from './stock/product-stock.ts';
import { putAwayPlaces } from './stock/put-away.ts';

/** What a reader does for the app; all inputs and outputs survive structured cloning. */
export interface LocalReadMethods
  extends CatalogueReadMethods, OverviewReadMethods, CountReadMethods {
  /** Reads these files from now on. Resolves when no request reads the old ones any more and they are closed. */
  openFiles: (files: ReadFiles) => Promise<void>;
  record: (input: RecordKeyInput) => Promise<RecordView | null>;
  records: (input: RecordListInput) => Promise<RecordListResult>;
  photos: (input: PhotoListInput) => Promise<readonly PhotoView[]>;
  stockOf: (productId: string) => Promise<StockView>;
  movements: (input: MovementListInput) => Promise<readonly MovementView[]>;
  locations: (input: LocationsInput, signal: AbortSignal) => Promise<readonly LocationView[]>;
  deliveries: (input: DeliveriesInput, signal: AbortSignal) => Promise<readonly DeliverySummary[]>;
  delivery: (id: string) => Promise<DeliveryView | null>;
  putAway: (input: PutAwayInput) => Promise<readonly PutAwayPlace[]>;
  importLookUp: (input: ImportLookUpInput, signal: AbortSignal) => Promise<readonly ImportLookUp[]>;
}

/** Does work with the current reader; what it finds nothing in is `none`. */
export type Read = <T>(none: T, work: (reader: ReplicaReader) => T | Promise<T>) => Promise<T>;

/** A reader that is closed once nobody uses it. */
interface Lease {
  reader: ReplicaReader;
  users: number;
  retire: (() => void) | null;
}

/** Reads the current files of a laptop; finds nothing until there are any. `now` is a clock in milliseconds. */
export function createLocalReads(now: () => number): LocalReadMethods {
  let current: Lease | null = null;

  const read: Read = async (none, work) => {
    const lease = current;
    if (!lease) return none;
    lease.users += 1;
    try {
      return await work(lease.reader);
    } finally {
      lease.users -= 1;
      if (lease.users === 0) lease.retire?.();
    }
  };

  return {
    ...readsBy(read, now),
    openFiles: async (files) => {
      const old = current;
      const reader = ReplicaReader.open(files);
      current = reader && { reader, users: 0, retire: null };
      if (!old) return;
      if (old.users > 0) {
        await new Promise<void>((resolve) => {
          old.retire = resolve;
        });
      }
      old.reader.close();
    },
  };
}

/** Every read, by whichever reader `read` chooses. */
export function readsBy(read: Read, now: () => number): Omit<LocalReadMethods, 'openFiles'> {
  return {
    ...catalogueReads(read, now),
    ...overviewReads(read),
    ...countReads(read),
    record: ({ entity, id }) =>
      read<RecordView | null>(null, ({ records }) => records.get(entity, id)),
    records: (input) =>
      read<RecordListResult>({ items: [], nextCursor: null }, ({ records }) => records.list(input)),
    photos: (input) => read<readonly PhotoView[]>([], (reader) => photoList(reader, input)),
    stockOf: (productId) =>
      read<StockView>({ onHand: 0, pending: 0, locations: [] }, (reader) =>
        stockView(reader, productId),
      ),
    movements: (input) =>
      read<readonly MovementView[]>([], (reader) => movementList(reader, input)),
    locations: (input, signal) =>
      read<readonly LocationView[]>([], (reader) => locationList(reader, input, signal)),
    deliveries: (input, signal) =>
      read<readonly DeliverySummary[]>([], (reader) => deliveryList(reader, input, signal)),
    delivery: (id) => read<DeliveryView | null>(null, (reader) => deliveryDetail(reader, id)),
    putAway: (input) => read<readonly PutAwayPlace[]>([], (reader) => putAwayPlaces(reader, input)),
    importLookUp: (input, signal) =>
      read<readonly ImportLookUp[]>(
        input.rows.map(() => NOTHING_FOUND),
        (reader) => importLookUp(reader, input, signal),
      ),
  };
}
