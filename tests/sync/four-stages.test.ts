import { expect, test } from 'vitest';
import { openEngineBench, PLACE, SITE_SCOPE } from '../support/engine-bench.ts';

/** Of the server, of the laptop's copy of it, and what the person sees. */
function namesIn({ server, laptop }: ReturnType<typeof openEngineBench>) {
  const copied = laptop.rows(SITE_SCOPE)?.get(`location ${PLACE}`);
  return {
    server: server.row(SITE_SCOPE, 'location', PLACE)?.['name'],
    copy: copied?.includes('Front rack') === true ? 'Front rack' : 'Rack',
    person: laptop.see('location', PLACE)?.['name'],
  };
}

test('a run is triggered, sends, is answered and applies, in this order', async () => {
  const bench = openEngineBench();
  await bench.run();
  bench.rename('Front rack');
  const stages = [namesIn(bench)];
  bench.server.beforePush = () => stages.push(namesIn(bench));
  bench.server.beforeAnswer = (call) => {
    if (call === 'pull') stages.push(namesIn(bench));
  };
  bench.calls.length = 0;
  await bench.run();
  stages.push(namesIn(bench));
  expect(bench.calls).toEqual([['push'], ['pull', 'catalogue', SITE_SCOPE]]);
  expect(stages).toEqual([
    { server: 'Rack', copy: 'Rack', person: 'Front rack' },
    { server: 'Rack', copy: 'Rack', person: 'Front rack' },
    { server: 'Front rack', copy: 'Rack', person: 'Front rack' },
    { server: 'Front rack', copy: 'Front rack', person: 'Front rack' },
  ]);
});
