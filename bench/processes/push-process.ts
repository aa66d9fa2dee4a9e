import { assert } from '../../shared/domain/assert.ts';
import { catalogueFilterField, SEARCH_PAGE_MAX } from '../../shared/desktop/catalogue-views.ts';
import type { DesktopApp } from '../../main/app/desktop-app.ts';
import { openBenchApp, timedSync } from '../bench-app.ts';
import { serveProcess } from '../bench-process.ts';
import { RawPush } from '../raw-push.ts';
import { median, percentile } from '../statistics.ts';

export interface PushBenchInput {
  dataFolder: string;
  serverUrl: string;
  operations: number;
  repeats: number;
}

export interface PushBenchOutput {
  /** The middle one of the runs that sent the operations. */
  seconds: number;
  /** The same of what the limit consists of, measured after each of the runs. */
  insertSeconds: number;
  roundTripSeconds: number;
  /** From the call to the answer, which comes when the operation is on the disk. */
  writeP50ms: number;
  writeP99ms: number;
  workerHeapMb: number;
}

/** Writes notes one by one with no server to be asked, then sends them all. */
serveProcess(async (input: PushBenchInput): Promise<PushBenchOutput> => {
  const { app, workerHeapMb, close } = await openBenchApp(input);
  const raw = await RawPush.open(input.dataFolder, input.serverUrl);
  try {
    await timedSync(app);
    const products = await productIds(app, input.operations);
    const seconds: number[] = [];
    const writes: number[] = [];
    const inserts: number[] = [];
    const roundTrips: number[] = [];
    for (let repeat = 0; repeat < input.repeats; repeat++) {
      const text = `A note of run ${repeat}`;
      for (const id of products) {
        const startedAt = performance.now();
        const row = { text };
        await app.records.write([{ kind: 'create', entity: 'product_note', id, row }]);
        writes.push(performance.now() - startedAt);
      }
      const { ms, result } = await timedSync(app);
      assert(result.rowsSent === products.length, 'a run that sends what waits and no more');
      seconds.push(ms / 1_000);
      // In turn with ours, so that what else this machine does slows both alike.
      inserts.push(raw.insert(products, text, repeat + 1) / 1_000);
      roundTrips.push((await raw.roundTrips(products.length)) / 1_000);
    }
    return {
      seconds: median(seconds),
      insertSeconds: median(inserts),
      roundTripSeconds: median(roundTrips),
      writeP50ms: median(writes),
      writeP99ms: percentile(writes, 0.99),
      workerHeapMb: workerHeapMb(),
    };
  } finally {
    await raw.close();
    await close();
  }
});

async function productIds({ catalogue }: DesktopApp, count: number): Promise<string[]> {
  const ids: string[] = [];
  const filter = catalogueFilterField.parse({});
  while (ids.length < count) {
    const limit = Math.min(SEARCH_PAGE_MAX, count - ids.length);
    const { items } = await catalogue.window({ text: '', filter, offset: ids.length, limit });
    assert(items.length > 0, 'as many products as operations');
    ids.push(...items.map(({ id }) => id));
  }
  return ids;
}
