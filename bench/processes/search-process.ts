import type { DesktopApp } from '../../main/app/desktop-app.ts';
import { catalogueCountInput, catalogueSearchInput } from '../../shared/desktop/catalogue-views.ts';
import { openBenchApp } from '../bench-app.ts';
import { serveProcess } from '../bench-process.ts';
import { type LoopDelay, watchEventLoop } from '../event-loop-delay.ts';
import { BROWSED_PAGES, jumpOffsets, PAGE_ROWS } from '../page-rows.ts';
import { type Spread, spreadOf } from '../statistics.ts';

const WARM_UP_QUERIES = 50;
const EVERYTHING = catalogueCountInput.parse({});

export interface SearchInput {
  dataFolder: string;
  queries: readonly string[];
  rows: number;
  seed: number;
}

interface ReadTimes {
  /** Within the reader thread. */
  reader: Spread;
  /** Through the reader pool, as the app's main thread sees it. */
  caller: Spread;
}

export interface SearchOutput {
  search: ReadTimes;
  count: ReadTimes;
  browse: ReadTimes;
  jump: ReadTimes;
  loop: LoopDelay;
}

/** Searches, counts and browses as a person at the screen does, one after another, with no server. */
serveProcess(async ({ dataFolder, queries, rows, seed }: SearchInput): Promise<SearchOutput> => {
  const { app, close } = await openBenchApp({ dataFolder, serverUrl: null });
  try {
    const search = (text: string) => app.catalogue.search(searchInput(text, null));
    for (const text of queries.slice(0, WARM_UP_QUERIES)) await search(text);
    const stopWatching = watchEventLoop();
    return {
      search: await timeReads(queries, search),
      // A count is remembered, so each text is counted once.
      count: await timeReads([...new Set(queries)], (text) =>
        app.catalogue.count({ ...EVERYTHING, text }),
      ),
      browse: await browse(app),
      // The first jump works the list out; it shows as the longest.
      jump: await timeReads(jumpOffsets(rows, seed), (offset) =>
        app.catalogue.window({ ...EVERYTHING, offset, limit: PAGE_ROWS }),
      ),
      loop: stopWatching(),
    };
  } finally {
    await close();
  }
});

function searchInput(text: string, cursor: string | null) {
  return catalogueSearchInput.parse({ text, cursor, limit: PAGE_ROWS });
}

async function timeReads<T>(
  inputs: readonly T[],
  read: (input: T) => Promise<{ ms: number }>,
): Promise<ReadTimes> {
  const reader: number[] = [];
  const caller: number[] = [];
  for (const input of inputs) {
    const startedAt = performance.now();
    const { ms } = await read(input);
    caller.push(performance.now() - startedAt);
    reader.push(ms);
  }
  return { reader: spreadOf(reader), caller: spreadOf(caller) };
}

async function browse(app: DesktopApp): Promise<ReadTimes> {
  let cursor: string | null = null;
  return timeReads(Array.from({ length: BROWSED_PAGES }), async () => {
    const page = await app.catalogue.search(searchInput('', cursor));
    cursor = page.nextCursor;
    return page;
  });
}
