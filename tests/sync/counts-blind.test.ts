import { expect, it, onTestFinished } from 'vitest';
import { ReplicaReader } from '../../main/store/catalogue/replica-reader.ts';
import { countCheck } from '../../main/store/counts/count-check.ts';
import { countLinePage } from '../../main/store/counts/count-line-page.ts';
import { countPlacePage } from '../../main/store/counts/count-place-page.ts';
import { must } from '../../shared/domain/assert.ts';
import {
  COUNT,
  finishes,
  moves,
  sees,
  takesFurther,
  useCountingWorlds,
} from '../support/counting-world.ts';
import { idOf } from '../support/server-rows.ts';
import type { SyncBench } from '../support/sync-bench.ts';

const newWorld = useCountingWorlds();
const { signal } = new AbortController();
const ALL = {
  filter: 'all',
  locationId: null,
  text: '',
  sort: 'value',
  offset: 0,
  limit: 50,
} as const;

function readerOf(laptop: SyncBench): ReplicaReader {
  const files = { replicas: laptop.replicas.views(), dataFolder: laptop.folder };
  const reader = must(ReplicaReader.open(files), 'the catalogue');
  onTestFinished(() => reader.close());
  return reader;
}

it('F9, F11, S15: what should be there leaves the reader only once the counting is over, at the instant of the count', async () => {
  const world = await newWorld();
  const laptop = await world.laptop();
  sees(laptop, 4, { at: 2_000 });
  sees(laptop, 3, { at: 2_500, by: idOf(702) });
  finishes(laptop, 2_600);
  moves(laptop, -2, 3_000);
  const blind = await countLinePage(readerOf(laptop), { ...ALL, countId: COUNT }, signal);
  expect(blind).toMatchObject({ total: 1, totals: null });
  expect(blind.items).toMatchObject([
    { counted: 7, book: null, variance: null, value: null, flags: [] },
  ]);
  expect(await countCheck(readerOf(laptop), { id: COUNT, now: 5_000 }, signal)).toMatchObject({
    lines: 0,
  });
  takesFurther(laptop, 'review');
  const open = await countLinePage(readerOf(laptop), { ...ALL, countId: COUNT }, signal);
  expect(open.items).toMatchObject([
    { counted: 7, book: 10, variance: -3, seenAt: 2_500, flags: ['moved', 'twoCounters'] },
  ]);
  expect(open.totals).toMatchObject({ lines: 1, differences: 1, over: 0, under: 3 });
  const asked = { countId: COUNT, show: 'done', text: '', offset: 0, limit: 50 } as const;
  expect(await countPlacePage(readerOf(laptop), asked, signal)).toMatchObject({
    places: 3,
    done: 1,
    items: [{ doneAt: 2_600, lines: 1, isExtra: false }],
  });
});
