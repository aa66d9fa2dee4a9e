import type {
  PhotoAdded,
  PhotoContent,
  PhotoRemoved,
  PhotoRequest,
} from '../../../shared/desktop/photo-views.ts';
import { PhotoFiles } from '../../store/photos/photo-files.ts';
import type { RecordReader } from '../../store/records/record-reader.ts';
import type { WorkStore } from '../../store/work-store.ts';
import { PhotoFetcher } from './photo-fetcher.ts';
import { PhotoLink, type PhotoLinkPorts } from './photo-link.ts';
import { PhotoSync } from './photo-sync.ts';
import { PhotoWork } from './photo-work.ts';
import { type SweepPorts, sweepPhotos } from './sweep-photos.ts';

export interface LaptopPhotosOptions
  extends Pick<PhotoLinkPorts, 'connect'>, Omit<SweepPorts, 'files'> {
  dataFolder: string;
  work: WorkStore;
  /** Null if none is set. */
  serverUrl: string | null;
  /** The reader of the moment: replicas come and go. */
  reader: () => RecordReader;
  now: () => number;
  newId: () => string;
  /** A person changed rows of these entities. */
  onChanged: (entities: readonly string[]) => void;
}

export interface LaptopPhotos {
  /** What a person does with photos here. */
  methods: {
    addPhoto: (input: PhotoRequest) => Promise<PhotoAdded>;
    readPhoto: (hash: string, signal: AbortSignal) => Promise<PhotoContent>;
    removePhoto: (id: string) => PhotoRemoved;
  };
  sync: PhotoSync;
  setServer: (url: string | null) => void;
  setOffline: (offline: boolean) => void;
  close: () => Promise<void>;
}

/** All about the photos of one data folder. */
export function openPhotos(options: LaptopPhotosOptions): LaptopPhotos {
  const { work, now, reader, connect } = options;
  let { serverUrl } = options;
  let offline = false;
  const uploads = work.photos;
  const files = new PhotoFiles({
    dataFolder: options.dataFolder,
    now,
    unsentAmong: (hashes) => uploads.unsentAmong(hashes),
  });
  const link = new PhotoLink({ connect, serverUrl: () => serverUrl });
  const fetcher = new PhotoFetcher(link, files);
  const stopSweeping = sweepPhotos({ ...options, files });
  const isOffline = (): boolean => offline;
  const person = new PhotoWork({ ...options, uploads, files, fetcher, isOffline });
  const isShown = (entity: string, id: string): boolean => reader().get(entity, id) !== null;
  return {
    methods: {
      addPhoto: (input) => person.add(input),
      readPhoto: (hash, signal) => person.read(hash, signal),
      removePhoto: (id) => person.remove(id),
    },
    sync: new PhotoSync({ uploads, files, link, now, isShown }),
    setServer: (url) => {
      serverUrl = url;
    },
    setOffline: (isNowOffline) => {
      offline = isNowOffline;
    },
    close: async () => {
      fetcher.close();
      await stopSweeping();
      await link.close();
    },
  };
}
