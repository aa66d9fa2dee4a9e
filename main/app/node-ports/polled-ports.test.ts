import { expect, test } from 'vitest';
import { createClockJumpPower } from './clock-jump-power.ts';
import { createInterfaceLink } from './interface-link.ts';

/** Holds the callback of the one timer; the test lets it fire. */
function manualTimer() {
  let fire = (): void => undefined;
  const setInterval = (callback: () => void): NodeJS.Timeout => {
    fire = callback;
    return undefined as unknown as NodeJS.Timeout;
  };
  return { setInterval, fire: () => fire() };
}

test.each([
  ['an ordinary tick', 5_000, 5_000, 0],
  ['a tick late on a busy machine', 12_000, 12_000, 0],
  ['sleep where the monotonic clock stands still', 3_600_000, 5_000, 1],
  ['sleep where the monotonic clock runs on', 3_600_000, 3_600_000, 1],
  ['the wall clock set back', -3_600_000, 5_000, 0],
])('%s', (...[, wallStep, monotonicStep, expected]) => {
  const timer = manualTimer();
  let wall = 1_000_000_000_000;
  let monotonic = 5;
  let resumed = 0;
  createClockJumpPower({
    wallClock: () => wall,
    monotonicClock: () => monotonic,
    setInterval: timer.setInterval,
  }).onResume(() => resumed++);
  wall += wallStep;
  monotonic += monotonicStep;
  timer.fire();
  wall += 5_000;
  monotonic += 5_000;
  timer.fire();
  expect(resumed).toBe(expected);
});

test('a new, changed or lost address is a change of the link; the same ones are not', () => {
  const timer = manualTimer();
  const entry = (cidr: string) => [{ cidr, internal: cidr.startsWith('127.') }] as never;
  let interfaces: Record<string, never> = {};
  const link = createInterfaceLink({
    interfaces: () => interfaces,
    setInterval: timer.setInterval,
  });
  let changes = 0;
  link.onChange(() => changes++);
  expect(link.hasLink()).toBe(false);
  const seen = [
    { lo: entry('127.0.0.1/8') },
    { lo: entry('127.0.0.1/8'), wlan0: entry('10.0.0.2/24') },
    { wlan0: entry('10.0.0.2/24'), lo: entry('127.0.0.1/8') },
    { wlan0: entry('10.0.0.3/24'), lo: entry('127.0.0.1/8') },
  ].map((next) => {
    interfaces = next;
    timer.fire();
    return changes;
  });
  expect(seen).toEqual([0, 1, 1, 2]);
  expect(link.hasLink()).toBe(true);
});
