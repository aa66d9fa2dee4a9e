import { expect, test } from 'vitest';
import { TallymanError } from '../../shared/errors.ts';
import { createQueueBench, RETRY, UNREACHABLE } from '../../tests/support/queue-bench.ts';

const busy = (retryAfterMs: number) =>
  new TallymanError('SERVER_BUSY', 'busy', { details: { retryAfterMs } });

/** What a failing unit waits before each of its retries. */
async function waits(
  bench: ReturnType<typeof createQueueBench>,
  { attempts, error = UNREACHABLE }: { attempts: number; error?: Error },
): Promise<number[]> {
  const found: number[] = [];
  bench.trigger('full');
  for (let attempt = 0; attempt < attempts; attempt++) {
    await bench.running().end(error);
    const wait = (bench.store.jobs()[0]?.notBefore ?? Number.NaN) - bench.now();
    found.push(wait);
    bench.advance(wait);
  }
  return found;
}

test.each([
  [{ retryIntervalInSeconds: 300 }, [300_000, 600_000, 900_000, 900_000]],
  [{ retryIntervalInSeconds: 1, backoffFactor: 3 }, [1_000, 3_000, 9_000, 27_000]],
  [{ retryIntervalInSeconds: 7, backoffFactor: 1 }, [7_000, 7_000, 7_000, 7_000]],
  [{ retryIntervalInSeconds: 10, maxBackoffSeconds: 15 }, [10_000, 15_000, 15_000, 15_000]],
  // The interval is what a person chose; the bound of the back-off does not make it shorter.
  [{ retryIntervalInSeconds: 60, maxBackoffSeconds: 5 }, [60_000, 60_000, 60_000, 60_000]],
])('each retry waits longer by the factor, up to the bound: %j', async (policy, expected) => {
  const bench = createQueueBench({ policy: { ...RETRY, ...policy } });
  expect(await waits(bench, { attempts: 4 })).toEqual(expected);
});

test('retries of laptops that failed together are spread by up to a fifth', async () => {
  const bench = createQueueBench({ policy: RETRY, random: 0.5 });
  expect(await waits(bench, { attempts: 2 })).toEqual([33_000, 66_000]);
});

test('after maxRetries the unit waits for the next trigger, which starts the count anew', async () => {
  const bench = createQueueBench({ policy: { ...RETRY, maxRetries: 2 } });
  expect((await waits(bench, { attempts: 3 })).at(-1)).toBeNaN();
  expect(bench.events.at(-1)).toBe('failed full SERVER_UNREACHABLE next null');
  expect(bench.store.jobs()).toEqual([]);
  bench.trigger('full', 'tray');
  await bench.running().end(UNREACHABLE);
  expect(bench.store.jobs()).toMatchObject([{ attempts: 1 }]);
});

test('a trigger that ends the wait for a retry starts the count anew too', async () => {
  const bench = createQueueBench({ policy: { ...RETRY, maxRetries: 1 } });
  bench.trigger('full');
  await bench.running().end(UNREACHABLE);
  bench.trigger('full', 'online');
  await bench.running().end(UNREACHABLE);
  expect(bench.store.jobs()).toMatchObject([{ unit: 'full', attempts: 1 }]);
});

test('maxRetries 0 tries on for ever', async () => {
  const bench = createQueueBench({ policy: RETRY });
  const found = await waits(bench, { attempts: 40 });
  expect(found.at(-1)).toBe(900_000);
});

test('Retry-After is a lower bound of the wait, and itself has a bound', async () => {
  const patient = createQueueBench({ policy: RETRY });
  expect(await waits(patient, { attempts: 1, error: busy(120_000) })).toEqual([120_000]);
  const short = createQueueBench({ policy: RETRY });
  expect(await waits(short, { attempts: 1, error: busy(1_000) })).toEqual([30_000]);
  const endless = createQueueBench({ policy: RETRY });
  expect(await waits(endless, { attempts: 1, error: busy(1e12) })).toEqual([900_000]);
});

test('a server that asked to be left alone is left alone by all but a person', async () => {
  const bench = createQueueBench();
  bench.trigger('full');
  await bench.running().end(busy(60_000));
  bench.trigger('stock', 'online');
  bench.trigger('send', 'localChange');
  expect(bench.runs()).toBe(1);
  bench.trigger('catalogue', 'user');
  expect(bench.events.at(-1)).toBe('run catalogue');
  await bench.running().end(busy(60_000));
  bench.advance(60_000);
  expect(bench.events.at(-1)).toBe('run stock');
});

test('a server that answers again has no more wish to be left alone', async () => {
  const bench = createQueueBench();
  bench.trigger('full');
  await bench.running().end(busy(60_000));
  bench.trigger('full', 'user');
  await bench.running().end();
  bench.trigger('stock', 'online');
  expect(bench.events.at(-1)).toBe('run stock');
});

test('the timer and local changes do not cut a back-off short; news does', async () => {
  const bench = createQueueBench({ policy: RETRY });
  bench.trigger('full');
  await bench.running().end(UNREACHABLE);
  bench.trigger('full', 'interval');
  bench.trigger('full', 'localChange');
  expect(bench.runs()).toBe(1);
  bench.trigger('full', 'online');
  expect(bench.runs()).toBe(2);
});

test('while offline a retry waits for the network, even if a person had asked for the run', async () => {
  const bench = createQueueBench({ policy: RETRY });
  bench.trigger('full', 'user');
  await bench.running().end(UNREACHABLE);
  bench.world.offline = true;
  bench.advance(30_000);
  expect(bench.events.at(-1)).toBe('deferred full');
  bench.world.offline = false;
  bench.queue.reconsider();
  expect(bench.running().job).toMatchObject({ reason: 'retry', attempts: 1 });
});

test.each(['UNAUTHORIZED', 'FORBIDDEN', 'TOO_LARGE', 'NOT_TALLYMAN', 'CANCELLED'] as const)(
  '%s is not tried again by itself',
  async (code) => {
    const bench = createQueueBench({ policy: RETRY });
    bench.trigger('full');
    await bench.running().end(new TallymanError(code, 'no'));
    expect(bench.events.at(-1)).toBe(`failed full ${code} next null`);
  },
);

test('a bug is not tried again by itself', async () => {
  const bench = createQueueBench({ policy: RETRY });
  bench.trigger('full');
  await bench.running().end(new Error('a bug'));
  expect(bench.events.at(-1)).toBe('failed full INTERNAL next null');
});

test('a clock set back strands no job, in the same run of the app or the next', async () => {
  const bench = createQueueBench({ policy: RETRY });
  bench.setClock(1_800_000_000_000);
  bench.trigger('full');
  await bench.running().end(UNREACHABLE);
  bench.setClock(1_800_000_000_000 - 86_400_000);
  bench.advance(30_000);
  expect(bench.runs()).toBe(2);
  await bench.running().end(UNREACHABLE);

  const next = createQueueBench({ policy: RETRY, store: bench.store });
  next.queue.start();
  expect(next.events).toEqual(['run full']);
});

test('a clock set forward only makes a retry come early', async () => {
  const bench = createQueueBench({ policy: RETRY });
  bench.trigger('full');
  await bench.running().end(UNREACHABLE);
  bench.setClock(bench.now() + 86_400_000);
  bench.queue.reconsider();
  expect(bench.runs()).toBe(2);
});

test('a retry setting holds at once', async () => {
  const bench = createQueueBench();
  bench.trigger('full');
  bench.world.policy = { ...RETRY, retryIntervalInSeconds: 5 };
  await bench.running().end(UNREACHABLE);
  expect(bench.events.at(-1)).toBe(`failed full SERVER_UNREACHABLE next ${bench.now() + 5_000}`);
});
