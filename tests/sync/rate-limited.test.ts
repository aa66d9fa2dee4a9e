import { expect, onTestFinished, test } from 'vitest';
import { refusalBody } from '../../server/http/refusal.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { retryAfterOf } from '../../main/sync/retry-wait.ts';
import { product } from '../../shared/entities/product.ts';
import { productNote } from '../../shared/entities/product-note.ts';
import { PULL_ROWS_DEFAULT } from '../../shared/sync/protocol.ts';
import { PUSH_OPERATIONS_MAX } from '../../shared/sync/operation.ts';
import { answerWith, type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';
import { idOf, productRow } from '../support/server-rows.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { TrialLaptop } from '../support/trial-laptop.ts';

const newFolder = useTempFolders();
const RETRY_AFTER_SECONDS = 7;
const tooMany = answerWith(429, {
  headers: { 'retry-after': String(RETRY_AFTER_SECONDS), 'content-type': 'application/json' },
  body: JSON.stringify(
    refusalBody({
      httpStatus: 429,
      code: 'TOO_MANY_REQUESTS',
      message: 'Too many requests. Try again later.',
      retryable: true,
    }),
  ),
});

async function world(
  rows: number,
): Promise<{ server: RunningServer; proxy: FaultyProxy; laptop: TrialLaptop }> {
  const server = await startServer({ dataDir: newFolder(), port: 0, snapshots: false });
  const products = Array.from({ length: rows }, (_, at) => productRow(at));
  await commitChanges(server.store, (tx) => tx.insert('product', products));
  const proxy = await startFaultyProxy(server.url);
  const laptop = new TrialLaptop(newFolder(), proxy.url);
  onTestFinished(async () => {
    await laptop.close();
    await proxy[Symbol.asyncDispose]();
    await server.close();
  });
  return { server, proxy, laptop };
}

/** The server takes so many calls, then sends the laptop away until the next run. */
function callsPerRun(proxy: FaultyProxy, calls: number): () => void {
  let left = calls;
  proxy.script = () => (left-- > 0 ? null : tooMany);
  return () => {
    left = calls;
  };
}

/** One run after the other, as the queue starts them when the server's time is over; how often it was sent away. */
async function syncUntilDone(laptop: TrialLaptop, nextRun: () => void): Promise<number> {
  for (let sentAway = 0; ; sentAway++) {
    nextRun();
    const error: unknown = await laptop.sync().then(
      () => null,
      (reason: unknown) => reason,
    );
    if (error === null) return sentAway;
    expect(error).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryable: true });
    expect(retryAfterOf(error)).toBe(RETRY_AFTER_SECONDS * 1_000);
    expect(sentAway).toBeLessThan(50);
  }
}

test('a first sync that is sent away goes on where it was', async () => {
  const pages = 4;
  const { proxy, laptop } = await world(pages * PULL_ROWS_DEFAULT);
  const sentAway = await syncUntilDone(laptop, callsPerRun(proxy, 3));
  expect(sentAway).toBeGreaterThan(0);
  const last = productRow(pages * PULL_ROWS_DEFAULT - 1);
  expect(laptop.repository(product).get(last.id)).toMatchObject({ sku: last.sku });
  // No page comes twice: what is asked for again is only what was refused, and whether there is news.
  const pulls = proxy.calls.filter((name) => name === 'sync.pull').length;
  expect(pulls).toBeLessThanOrEqual(2 * (pages + 1 + sentAway));
}, 60_000);

test('work that is sent away is sent again, and done once', async () => {
  const count = 2 * PUSH_OPERATIONS_MAX + 1;
  const { server, proxy, laptop } = await world(count);
  await laptop.sync();
  const notes = laptop.repository(productNote);
  for (let at = 0; at < count; at++) notes.create({ id: idOf(at), text: `Note ${at}` });
  const sentAway = await syncUntilDone(laptop, callsPerRun(proxy, 2));
  expect(sentAway).toBeGreaterThan(0);
  expect(laptop.waiting()).toBe(0);
  const { n } = await server.store.reader
    .selectFrom('product_note')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  expect(n).toBe(count);
}, 60_000);
