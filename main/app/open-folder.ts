import { assertStoreExists, type FolderReport, inspectFolder } from '../data/inspect-folder.ts';
import { createReaderPool, type ReaderPool } from '../data/reader-pool.ts';

export interface OpenFolder {
  report: FolderReport;
  catalogue: ReaderPool;
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
  const catalogue = createReaderPool({ entry: options.readerWorkerEntry });
  await catalogue.openReplicas(report.replicas);
  return { report, catalogue, close: () => catalogue.close() };
}
