import { expect, it } from 'vitest';
import { Gathering } from './gathering.ts';

function trial(max = 100) {
  const taken: (readonly number[])[] = [];
  const timers: (() => void)[] = [];
  const gathering = new Gathering<number>({
    take: (items) => taken.push(items),
    max,
    setTimer: (_, callback) => timers.push(callback),
  });
  return { gathering, taken, pass: () => timers.shift()?.() };
}

it('C1: the first scan after a rest is shown at once, those that follow it closely together and in order', () => {
  const { gathering, taken, pass } = trial();
  for (const number of [1, 2, 3]) gathering.add(number);
  expect(taken).toEqual([[1]]);
  pass();
  expect(taken).toEqual([[1], [2, 3]]);
  gathering.add(4);
  pass();
  pass();
  gathering.add(5);
  expect(taken).toEqual([[1], [2, 3], [4], [5]]);
});

it('what is gathered has a bound, and can be asked for', () => {
  const { gathering, taken } = trial(2);
  for (const number of [1, 2, 3, 4]) gathering.add(number);
  expect(taken).toEqual([[1], [2, 3]]);
  gathering.takeNow();
  expect(taken).toEqual([[1], [2, 3], [4]]);
});
