import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from './event-queue.ts';

test('events come out in the order of their times, whatever the order in which they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000)), (times) => {
      const queue = new EventQueue();
      for (const at of times) queue.add({ at, run: () => Promise.resolve() });
      const taken: number[] = [];
      for (let event = queue.take(); event; event = queue.take()) taken.push(event.at);
      expect(taken).toEqual(times.toSorted((a, b) => a - b));
      expect(queue.size).toBe(0);
    }),
  );
});
