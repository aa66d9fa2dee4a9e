import { setImmediate } from 'node:timers/promises';
import { TallymanError } from '../../shared/errors.ts';

/** Work goes on for so long between two breaths: a scan that waits to be stored does not wait long. */
const STEP_MS = 8;

/**
 * Lets the worker serve other requests between two bounded steps of a long piece of work. Throws CANCELLED once the
 * signal is aborted.
 */
export async function breathe(signal: AbortSignal): Promise<void> {
  await setImmediate();
  if (signal.aborted) throw new TallymanError('CANCELLED', 'Cancelled.', { cause: signal.reason });
}

/**
 * For steps whose cost nobody knows before: the same row takes 20 microseconds in an empty file and ten times that in one
 * with indexes. To be awaited after every small piece; breathes when the pieces since the last breath took long enough.
 */
export function breathePaced(
  signal: AbortSignal,
  now: () => number = () => performance.now(),
): () => Promise<void> {
  let lastAt = now();
  return async () => {
    if (now() - lastAt < STEP_MS) return;
    await breathe(signal);
    lastAt = now();
  };
}
