import { assertStoreExists, type FolderReport, inspectFolder } from '../data/inspect-folder.ts';
import { inspectWork, type WorkInspection } from '../data/inspect-work.ts';
import type { LocalReads } from '../data/local-reads.ts';
import { createReaderPool } from '../data/reader-pool.ts';

export interface OpenFolder extends Omit<LocalReads, 'exchange' | 'overview' | 'counts'> {
  report: FolderReport;
  work: WorkInspection;
  close: () => Promise<void>;
}

/** Before a command writes into a folder that has to be there. Throws DATA_FOLDER_MISSING. */
export function assertDataFolder(dataFolder: string): void {
  assertStoreExists(dataFolder);
}

/**
 * A data folder to look into, without owning it: beside a running app, and with no server. Throws DATA_FOLDER_MISSING.
 */
export async function openFolder(options: {
  dataFolder: string;
  readerWorkerEntry: URL;
}): Promise<OpenFolder> {
  const report = inspectFolder(options.dataFolder);
  const readers = createReaderPool({
    entry: options.readerWorkerEntry,
    dataFolder: options.dataFolder,
  });
  try {
    await readers.openReplicas(report.replicas);
  } catch (error) {
    // A command that says why and leaves must not be kept alive by idle threads.
    await readers.close();
    throw error;
  }
  const { catalogue, records, photos, stock, deliveries } = readers;
  const work = inspectWork(options.dataFolder);
  return { report, work, catalogue, records, photos, stock, deliveries, close: readers.close };
}
