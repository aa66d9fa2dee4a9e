import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRefresher } from './create-refresher.ts';

const PAUSE_MS = 400;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('refreshes at once, then gathers until the refresh before is done and the pause is over', async () => {
  const batches: string[][] = [];
  const done: (() => void)[] = [];
  const { add } = createRefresher((entities) => {
    batches.push([...entities]);
    return new Promise<void>((resolve) => done.push(resolve));
  }, PAUSE_MS);
  add(['product']);
  expect(batches).toEqual([['product']]);
  add(['barcode']);
  add(['barcode', 'brand']);
  await vi.advanceTimersByTimeAsync(10 * PAUSE_MS);
  expect(batches).toHaveLength(1);
  done[0]?.();
  await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
  expect(batches).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(batches).toEqual([['product'], ['barcode', 'brand']]);
});

it('goes on after a refresh that failed, and ends when stopped', async () => {
  let calls = 0;
  const { add, stop } = createRefresher(() => {
    calls++;
    return Promise.reject(new Error('the reader is gone'));
  }, PAUSE_MS);
  add(['product']);
  add(['product']);
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect(calls).toBe(2);
  stop();
  add(['product']);
  await vi.advanceTimersByTimeAsync(10 * PAUSE_MS);
  expect(calls).toBe(2);
});
