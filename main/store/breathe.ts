import { setImmediate } from 'node:timers/promises';
import { TallymanError } from '../../shared/errors.ts';

/**
 * Lets the worker serve other requests between two bounded steps of a long piece of work. Throws CANCELLED once the
 * signal is aborted.
 */
export async function breathe(signal: AbortSignal): Promise<void> {
  await setImmediate();
  if (signal.aborted) throw new TallymanError('CANCELLED', 'Cancelled.', { cause: signal.reason });
}
