import { expect, test } from 'vitest';
import { openEngineBench, SITE_SCOPE } from '../support/engine-bench.ts';

test.each([
  ['full', ['catalogue', SITE_SCOPE]],
  ['catalogue', ['catalogue']],
  ['stock', [SITE_SCOPE]],
  ['send', ['catalogue', SITE_SCOPE]],
] as const)(
  'the unit %s sends what waits and asks for its own scopes only',
  async (unit, scopes) => {
    const bench = openEngineBench();
    await bench.run();
    bench.rename('Front rack');
    bench.calls.length = 0;
    expect(await bench.run(unit)).toMatchObject({ type: 'onSyncComplete', result: { unit } });
    expect(bench.calls).toEqual([['push'], ['pull', ...scopes]]);
  },
);

test('sending alone begins no first copy of a site', async () => {
  const bench = openEngineBench();
  await bench.run('catalogue');
  bench.laptop.replicas.discard(SITE_SCOPE, 'current');
  bench.calls.length = 0;
  await bench.run('send');
  expect(bench.calls).toEqual([['pull', 'catalogue']]);
  await bench.run('full');
  expect(bench.laptop.rows(SITE_SCOPE)).toEqual(bench.server.rows(SITE_SCOPE));
});
