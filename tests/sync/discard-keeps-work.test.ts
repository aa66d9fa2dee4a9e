import { expect, test } from 'vitest';
import { openEngineBench, PLACE, SITE_SCOPE } from '../support/engine-bench.ts';

test('discarding drops the units that wait, and no work that waits to be sent', async () => {
  const bench = openEngineBench();
  await bench.run();
  bench.rename('Front rack');
  bench.events.length = 0;
  // Sending comes last, so that the work waits all the while.
  bench.server.beforePush = () => {
    throw new Error('not yet');
  };
  bench.trigger('catalogue', 'user');
  bench.trigger('stock', 'user');
  bench.trigger('full', 'user');
  const { jobId } = bench.trigger('send', 'user', { discardPendingSyncUnits: true });
  expect(bench.engine.status()).toMatchObject({ queued: ['send'], pending: 1 });
  expect(bench.events).toContainEqual({ type: 'onSyncDiscarded', units: ['stock', 'full'] });
  await bench.ended(jobId);
  const started = bench.events.flatMap((event) =>
    event.type === 'onSyncStart' ? [event.unit] : [],
  );
  expect(started).toEqual(['catalogue', 'send']);
  expect(bench.engine.status().pending).toBe(1);
  bench.server.beforePush = () => undefined;
  await bench.run();
  expect(bench.server.row(SITE_SCOPE, 'location', PLACE)).toMatchObject({ name: 'Front rack' });
});
