import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TypingClock } from './typing-clock.ts';

const DURABLE_MS = 250;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

interface Typing {
  clock: TypingClock;
  /** When something was stored, in ms since the beginning. */
  stored: number[];
  keyAfter: (ms: number) => void;
}

function typing(): Typing {
  const begin = Date.now();
  const stored: number[] = [];
  const clock = new TypingClock(
    () => Date.now(),
    () => {
      stored.push(Date.now() - begin);
      clock.stop();
    },
  );
  const keyAfter = (ms: number): void => {
    vi.advanceTimersByTime(ms);
    clock.key();
  };
  return { clock, stored, keyAfter };
}

it('S12: a number is due within 250 ms of its last key', () => {
  const { stored, keyAfter } = typing();
  keyAfter(0);
  vi.advanceTimersByTime(DURABLE_MS);
  expect(stored).toHaveLength(1);
});

it('S12: whoever types on and on never has a key older than 250 ms that was not stored', () => {
  const { stored, keyAfter } = typing();
  const keys = 40;
  for (let key = 0; key < keys; key++) keyAfter(100);
  vi.advanceTimersByTime(DURABLE_MS);
  for (let at = 100; at <= keys * 100; at += 100) {
    expect(
      stored.some((due) => due >= at && due <= at + DURABLE_MS),
      `key at ${at} ms`,
    ).toBe(true);
  }
});

it('C5: a code that a scanner types is not due while it comes', () => {
  const { clock, stored, keyAfter } = typing();
  for (let key = 0; key < 80; key++) keyAfter(5);
  clock.stop();
  vi.advanceTimersByTime(1_000);
  expect(stored).toEqual([]);
});
