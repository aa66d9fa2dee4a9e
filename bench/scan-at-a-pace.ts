import { setTimeout as sleep } from 'node:timers/promises';

/** A quick pair of hands with a scanner. */
const SCAN_EVERY_MS = 100;

/**
 * Scans for as long as it goes on, at a steady pace: the next scan does not wait for the answer to the one before, because
 * a slow answer must not keep the next from being slow as well. Returns milliseconds from each call to its answer.
 */
export async function scanAtAPace(
  scan: () => Promise<unknown>,
  { goesOn, random }: { goesOn: () => boolean; random: () => number },
): Promise<number[]> {
  const answers: Promise<number>[] = [];
  // Not always at the same moments of a sync.
  const startedAt = performance.now() + random() * SCAN_EVERY_MS;
  for (let count = 0; ; count++) {
    await sleep(Math.max(0, startedAt + count * SCAN_EVERY_MS - performance.now()));
    if (!goesOn()) return Promise.all(answers);
    const answer = millisecondsOf(scan);
    // A refused scan is told of by `Promise.all` in the end.
    answer.catch(() => undefined);
    answers.push(answer);
  }
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
