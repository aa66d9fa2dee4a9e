import { assert } from '../../shared/domain/assert.ts';
import { catalogueSearchInput } from '../../shared/desktop/catalogue-views.ts';
import { openBenchApp } from '../bench-app.ts';
import { serveProcess } from '../bench-process.ts';
import { PAGE_ROWS } from '../page-rows.ts';

export interface OpenAppInput {
  dataFolder: string;
  text: string;
}

/** Answers when the first page of a search is there; its starter has the watch. */
serveProcess(async ({ dataFolder, text }: OpenAppInput): Promise<null> => {
  const { app } = await openBenchApp({ dataFolder, serverUrl: null });
  const page = await app.catalogue.search(catalogueSearchInput.parse({ text, limit: PAGE_ROWS }));
  assert(page.items.length > 0, 'a search that finds something');
  return null;
});
