import { spreadOf, type Spread } from '../statistics.ts';

/** One call of a laptop, as it was made and as long as the server worked on it. Milliseconds. */
export interface ServedCall {
  /** Virtual time. */
  at: number;
  /** Measured on this machine. */
  workMs: number;
}

export interface Waiting {
  /** From the call to its answer. */
  answerMs: Spread;
  /** Share of the time in which a process is at work. */
  busy: number;
}

/**
 * How long laptops would have waited for their answers if `processes` server processes, each with a core of its own, had
 * served the calls in the order in which they came. Work that has to wait for a database, and the line, come on top.
 */
export function waitingTimes(calls: readonly ServedCall[], processes: number): Waiting {
  const freeAt = Array.from({ length: processes }, () => -Infinity);
  const answers: number[] = [];
  let worked = 0;
  const inOrder = calls.toSorted((a, b) => a.at - b.at);
  for (const { at, workMs } of inOrder) {
    let next = 0;
    for (let place = 1; place < processes; place++) {
      if ((freeAt[place] ?? 0) < (freeAt[next] ?? 0)) next = place;
    }
    const endsAt = Math.max(at, freeAt[next] ?? at) + workMs;
    freeAt[next] = endsAt;
    answers.push(endsAt - at);
    worked += workMs;
  }
  const first = inOrder[0]?.at ?? 0;
  const lasted = Math.max(1, Math.max(...freeAt) - first);
  return { answerMs: spreadOf(answers), busy: worked / (lasted * processes) };
}
