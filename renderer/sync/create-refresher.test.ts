import { expect, it } from 'vitest';
import { createRefresher } from './create-refresher.ts';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

it('refreshes at once, then gathers until the refresh before is done', async () => {
  const batches: string[][] = [];
  const done: (() => void)[] = [];
  const { add } = createRefresher((entities) => {
    batches.push([...entities]);
    return new Promise<void>((resolve) => done.push(resolve));
  }, 0);
  add(['product']);
  expect(batches).toEqual([['product']]);
  add(['barcode']);
  add(['barcode', 'brand']);
  await turn();
  expect(batches).toHaveLength(1);
  done[0]?.();
  await turn();
  expect(batches).toEqual([['product'], ['barcode', 'brand']]);
});

it('goes on after a refresh that failed, and ends when stopped', async () => {
  let calls = 0;
  const { add, stop } = createRefresher(() => {
    calls++;
    return Promise.resolve();
  }, 0);
  add(['product']);
  await turn();
  add(['product']);
  await turn();
  expect(calls).toBe(2);
  stop();
  add(['product']);
  await turn();
  expect(calls).toBe(2);
});
