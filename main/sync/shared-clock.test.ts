import { expect, it } from 'vitest';
import { WorkStore } from '../store/work-store.ts';
import { ClockOffsetStore } from '../store/clock-offset-store.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { SharedClock } from './shared-clock.ts';

const newFolder = useTempFolders();
const DAY = 86_400_000;
const HOUR = 3_600_000;

/** A laptop whose clock is wrong, and a server whose clock is right. */
function openBench(wrongBy: number) {
  const folder = newFolder();
  let passed = 0;
  let slept = 0;
  let set = wrongBy;
  const truth = (): number => 1_800_000_000_000 + passed;
  let work = WorkStore.open(folder, () => 'device');
  const open = (): SharedClock =>
    new SharedClock({
      wall: () => truth() + set,
      steady: () => passed - slept,
      kept: new ClockOffsetStore(work.db),
    });
  return {
    truth,
    open,
    pass: (ms: number) => (passed += ms),
    sleep: (ms: number) => {
      passed += ms;
      slept += ms;
    },
    setClock: (by: number) => (set += by),
    restart: () => {
      work.close();
      work = WorkStore.open(folder, () => 'device');
      return open();
    },
    close: () => work.close(),
  };
}

it.each([DAY, -DAY, 365 * DAY, -365 * DAY])(
  'R16: a laptop whose clock is %d ms off tells the server’s time, also after a restart',
  async (wrongBy) => {
    const bench = openBench(wrongBy);
    const clock = bench.open();
    expect(clock.isDue()).toBe(true);
    await clock.learn(async () => {
      bench.pass(40);
      const serverTime = bench.truth();
      bench.pass(40);
      return serverTime;
    });
    expect(clock.now()).toBe(bench.truth());
    expect(clock.isDue()).toBe(false);
    bench.pass(HOUR / 2);
    const again = bench.restart();
    expect(again.now()).toBe(bench.truth());
    bench.close();
  },
);

it('R16: a clock that is set back does not turn what was done round', async () => {
  const bench = openBench(0);
  const clock = bench.open();
  await clock.learn(async () => bench.truth());
  const before = clock.now();
  bench.pass(1_000);
  bench.setClock(-365 * DAY);
  expect(clock.now()).toBe(before + 1_000);
  expect(clock.isDue()).toBe(true);
  const again = bench.restart();
  expect(again.now()).toBe(before + 1_000);
  bench.close();
});

it('R16: after a sleep the time is right, and after the clock was set forward it is at the next contact', async () => {
  const bench = openBench(-HOUR);
  const clock = bench.open();
  await clock.learn(async () => bench.truth());
  bench.sleep(8 * HOUR);
  expect(clock.now()).toBe(bench.truth());
  bench.setClock(DAY);
  expect(clock.isDue()).toBe(true);
  await clock.learn(async () => bench.truth());
  expect(clock.now()).toBe(bench.truth());
  bench.close();
});

it('an answer that took long teaches nothing', async () => {
  const bench = openBench(DAY);
  const clock = bench.open();
  await clock.learn(async () => {
    bench.pass(30_000);
    return bench.truth();
  });
  expect(clock.now()).toBe(bench.truth() + DAY);
  expect(clock.isDue()).toBe(true);
  bench.close();
});
