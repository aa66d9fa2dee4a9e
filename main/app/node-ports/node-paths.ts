import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { TallymanError } from '../../../shared/errors.ts';
import type { PathsPort } from '../ports.ts';

/** Node runs the workers from source. */
export const WORKER_ENTRIES = {
  dataWorkerEntry: new URL('../../data/data-worker.ts', import.meta.url),
  readerWorkerEntry: new URL('../../data/reader-worker.ts', import.meta.url),
  replicaFinisherEntry: new URL('../../data/replica-finisher.ts', import.meta.url),
};

/** The data folder, made if need be, and the worker entries. */
export function nodePaths(dataFolder: string): PathsPort {
  const absolute = resolve(dataFolder);
  try {
    mkdirSync(absolute, { recursive: true });
  } catch (error) {
    throw new TallymanError(
      'DATA_FOLDER_MISSING',
      `The data folder ${absolute} cannot be made: choose a folder that you may write to.`,
      { cause: error, details: { folder: absolute } },
    );
  }
  return { dataFolder: absolute, ...WORKER_ENTRIES };
}
