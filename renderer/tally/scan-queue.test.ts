import { expect, it } from 'vitest';
import type { ScanFrame } from '../../shared/scan/scan-frame.ts';
import { ScanQueue } from './scan-queue.ts';

const frame = (number: number): ScanFrame => ({
  id: `scan ${number}`,
  text: String(number),
  raw: String(number),
  at: number,
});

interface Trial {
  queue: ScanQueue<string>;
  /** Every attempt to commit. */
  asked: string[];
  told: string[];
  /** Resolves when nothing waits. */
  idle: Promise<void>;
}

function trial(commit: (frame: ScanFrame, attempt: number) => Promise<string>): Trial {
  const asked: string[] = [];
  const told: string[] = [];
  let done = (): void => undefined;
  const idle = new Promise<void>((resolve) => {
    done = resolve;
  });
  const queue = new ScanQueue<string>({
    commit: (one) => {
      asked.push(one.id);
      return commit(one, asked.length);
    },
    isPassing: (error) => String(error).includes('later'),
    onOutcome: (one, outcome) => told.push(`${one.id}: ${outcome}`),
    onRefused: (one, error) => told.push(`${one.id} refused: ${String(error)}`),
    onLength: (length) => {
      if (length === 0) done();
    },
    setTimer: (_, callback) => void setTimeout(callback, 0),
  });
  return { queue, asked, told, idle };
}

it('C1: commits one scan after the other and tells outcomes in the order of the scans', async () => {
  let atOnce = 0;
  let atOnceMax = 0;
  const { queue, told, idle } = trial(async () => {
    atOnce += 1;
    atOnceMax = Math.max(atOnceMax, atOnce);
    await new Promise((next) => setTimeout(next, 0));
    atOnce -= 1;
    return 'ok';
  });
  for (let number = 0; number < 20; number++) expect(queue.push(frame(number))).toBe(true);
  await idle;
  expect(told).toEqual(Array.from({ length: 20 }, (_, number) => `scan ${number}: ok`));
  expect(atOnceMax).toBe(1);
});

it('R1: a scan whose commit failed for a moment is sent again, the same one, before the next', async () => {
  const { queue, asked, told, idle } = trial(async (_, attempt) => {
    if (attempt < 3) throw new Error('later');
    return 'ok';
  });
  queue.push(frame(1));
  queue.push(frame(2));
  await idle;
  expect(asked).toEqual(['scan 1', 'scan 1', 'scan 1', 'scan 2']);
  expect(told).toEqual(['scan 1: ok', 'scan 2: ok']);
});

it('C2: a scan that is refused says so, and those after it go on', async () => {
  const { queue, told, idle } = trial(async ({ id }) => {
    if (id === 'scan 1') throw new Error('no room');
    return 'ok';
  });
  queue.push(frame(1));
  queue.push(frame(2));
  await idle;
  expect(told).toEqual(['scan 1 refused: Error: no room', 'scan 2: ok']);
});

it('a scan that finds no room is not taken, and whoever pushed it knows', () => {
  const { queue } = trial(() => new Promise(() => undefined));
  let taken = 0;
  while (queue.push(frame(taken))) taken += 1;
  expect(taken).toBe(2_000);
});
