import { expect, test } from 'vitest';
import { createQueueBench, RETRY, UNREACHABLE } from '../support/queue-bench.ts';

test.each([
  [30, 'failed full SERVER_UNREACHABLE next 31000'],
  [0, 'failed full SERVER_UNREACHABLE next null'],
])(
  'a failed unit is tried again after an interval of %i seconds, and not at all after 0',
  async (retryIntervalInSeconds, expected) => {
    const bench = createQueueBench({ policy: { ...RETRY, retryIntervalInSeconds } });
    bench.trigger('full');
    await bench.running().end(UNREACHABLE);
    expect(bench.events.at(-1)).toBe(expected);
    expect(bench.store.jobs()).toHaveLength(retryIntervalInSeconds > 0 ? 1 : 0);
  },
);
