import { assert } from '../../shared/domain/assert.ts';
import { catalogueSearchInput } from '../../shared/desktop/catalogue-views.ts';
import { openBenchApp } from '../bench-app.ts';
import { serveProcess } from '../bench-process.ts';
import { PAGE_ROWS } from '../page-rows.ts';

export interface OpenAppInput {
  dataFolder: string;
  text: string;
  /** This process and the workers are bundles that lie side by side. */
  bundled: boolean;
}

const BUNDLED_ENTRIES = {
  dataWorkerEntry: new URL('data-worker.js', import.meta.url),
  readerWorkerEntry: new URL('reader-worker.js', import.meta.url),
  replicaFinisherEntry: new URL('replica-finisher.js', import.meta.url),
};

/** Answers when the first page of a search is there; its starter has the watch. */
serveProcess(async ({ dataFolder, text, bundled }: OpenAppInput): Promise<null> => {
  const entries = bundled ? BUNDLED_ENTRIES : undefined;
  const { app } = await openBenchApp({ dataFolder, serverUrl: null, entries });
  const page = await app.catalogue.search(catalogueSearchInput.parse({ text, limit: PAGE_ROWS }));
  assert(page.items.length > 0, 'a search that finds something');
  return null;
});
