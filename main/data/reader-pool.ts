import { TallymanError } from '../../shared/errors.ts';
import type { ReadFiles, ReplicaFile } from '../store/catalogue/replica-reader.ts';
import { type LocalReads, localReadsBy, type ReaderRequest } from './local-reads.ts';
import { ReaderSlot } from './reader-slot.ts';

export interface ReaderPool extends LocalReads {
  /** Reads these files from now on; requests under way end with the old ones, which are closed when this resolves. */
  openReplicas: (files: readonly ReplicaFile[]) => Promise<void>;
  close: () => Promise<void>;
}

export interface ReaderPoolOptions {
  entry: URL;
  /** Where `work.db` is before replicas are opened. */
  dataFolder: string;
}

export function createReaderPool({ entry, dataFolder }: ReaderPoolOptions): ReaderPool {
  // Two, so that a long count never keeps the next key press waiting.
  const quick = new ReaderSlot(entry);
  /**
   * The second one starts when the first can show a page, or when it is needed: starting a thread takes longer than that
   * page, and on two cores it takes its time from the thread that shows it.
   */
  let second: ReaderSlot | null = null;
  let files: ReadFiles | null = null;
  const patient = (): ReaderSlot => (second ??= new ReaderSlot(entry, files));

  /** Reading changes nothing, so a request whose reader died is asked once more. */
  const asked = async <T>(choose: () => ReaderSlot, request: ReaderRequest<T>): Promise<T> => {
    try {
      return await choose().run(request);
    } catch (error) {
      if (!(error instanceof TallymanError) || error.code !== 'WORKER_DIED') throw error;
      return choose().run(request);
    }
  };
  const read = <T>(request: ReaderRequest<T>): Promise<T> =>
    asked(() => (second && second.load < quick.load ? second : quick), request);
  const readLong = <T>(request: ReaderRequest<T>): Promise<T> => asked(patient, request);

  return {
    ...localReadsBy({ read, readLong }),
    openReplicas: async (replicas) => {
      const next = { replicas, dataFolder };
      files = next;
      await Promise.all([quick.openFiles(next), second?.openFiles(next)]);
      patient();
    },
    close: async () => {
      await Promise.all([quick.close(), second?.close()]);
    },
  };
}
