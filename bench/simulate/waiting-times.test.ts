import { expect, test } from 'vitest';
import { waitingTimes } from './waiting-times.ts';

const call = (at: number, workMs: number) => ({ at, workMs });

test('calls that come one after the other wait for nobody', () => {
  const calls = [call(0, 5), call(10, 5), call(20, 5)];
  expect(waitingTimes(calls, 1)).toEqual({ answerMs: { p50: 5, p95: 5, max: 5 }, busy: 0.6 });
});

test('calls that come at once wait in line, or are shared by the processes', () => {
  const calls = [call(0, 10), call(0, 10), call(0, 10), call(0, 10)];
  expect(waitingTimes(calls, 1)).toMatchObject({ answerMs: { p50: 20, max: 40 }, busy: 1 });
  expect(waitingTimes(calls, 2)).toMatchObject({ answerMs: { max: 20 }, busy: 1 });
  expect(waitingTimes(calls, 4)).toMatchObject({ answerMs: { max: 10 }, busy: 1 });
});
