import { parentPort, workerData } from 'node:worker_threads';
import { must } from '../../shared/domain/assert.ts';
import { fetchPage, type Page } from './fetch-page.ts';
import { PeerTable, type ProductRow } from './peer-table.ts';

/** Large enough that a commit and a round trip do not count, small enough to hold two of them. */
const PAGE_ROWS = 5_000;

export interface LoopInput {
  file: string;
  sourceUrl: string;
}

/** What the main thread asks for, and the answer under the same number. */
export type LoopRequest = { number: number } & (
  { ask: 'sync' | 'count' | 'close' } | { ask: 'nameOf'; id: string }
);
export interface LoopAnswer {
  number: number;
  value: unknown;
  error: string | null;
}

const { file, sourceUrl } = workerData as LoopInput;
const port = must(parentPort, 'a worker thread');
const table = new PeerTable(file);

port.on('message', (request: LoopRequest) => {
  const answer = (value: unknown, error: string | null): void =>
    port.postMessage({ number: request.number, value, error } satisfies LoopAnswer);
  serve(request).then(
    (value) => answer(value, null),
    (error: unknown) => answer(null, String(error)),
  );
});

async function serve(request: LoopRequest): Promise<unknown> {
  switch (request.ask) {
    case 'sync':
      return sync();
    case 'count':
      return table.count();
    case 'nameOf':
      return table.nameOf(request.id);
    case 'close':
      table.close();
      return null;
  }
}

/** Pages by cursor, the next one on its way while one is applied, a transaction each. */
async function sync(): Promise<void> {
  const isFirst = !table.hasIndexes;
  let next: Promise<Page<ProductRow>> | null = fetchAfter(table.cursor);
  while (next) {
    const { rows, cursor, more }: Page<ProductRow> = await next;
    next = more ? fetchAfter(cursor) : null;
    // Whoever waits for the page that is on its way hears of it; until then nobody may call it unhandled.
    next?.catch(() => undefined);
    if (rows.length === 0) continue;
    if (isFirst) {
      table.begin();
      table.insert(rows);
      table.commit(cursor);
    } else table.replace(rows, cursor);
  }
  if (isFirst) table.buildIndexes();
}

function fetchAfter(after: number): Promise<Page<ProductRow>> {
  return fetchPage(sourceUrl, { form: 'arrays', after, limit: PAGE_ROWS });
}
