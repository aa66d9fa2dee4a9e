import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventFrames } from './event-frames.ts';

const HEARTBEAT_MS = 1_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function frames(values: readonly unknown[], gate: Promise<void> = Promise.resolve()) {
  async function* told(): AsyncGenerator<unknown, void, void> {
    await gate;
    yield* values;
  }
  const first = { value: 'first', done: false };
  return eventFrames({ first, rest: told(), heartbeatMs: HEARTBEAT_MS });
}

test('each value is one event in one piece, and the end is told', async () => {
  const pieces: string[] = [];
  for await (const piece of frames([{ a: 1 }, 'two\nlines'])) pieces.push(piece);
  expect(pieces).toEqual([
    'event: connected\ndata: {}\n\ndata: "first"\n\n',
    'data: {"a":1}\n\n',
    String.raw`data: "two\nlines"` + '\n\n',
    'event: return\ndata: \n\n',
  ]);
});

test('a sign of life is told whenever nothing else was for as long as a heartbeat', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const line = frames(['late'], promise);
  await line.next();
  for (let beats = 0; beats < 3; beats++) {
    const piece = line.next();
    await vi.advanceTimersByTimeAsync(HEARTBEAT_MS);
    expect((await piece).value).toBe('event: ping\ndata: \n\n');
  }
  const piece = line.next();
  resolve();
  expect((await piece).value).toBe('data: "late"\n\n');
  expect(vi.getTimerCount()).toBe(0);
});

test('what goes wrong on the way ends the line', async () => {
  async function* failing(): AsyncGenerator<unknown, void, void> {
    yield await Promise.reject(new Error('lost the database'));
  }
  const first = { value: 'first', done: false };
  const line = eventFrames({ first, rest: failing(), heartbeatMs: HEARTBEAT_MS });
  await line.next();
  await expect(line.next()).rejects.toThrow('lost the database');
});
