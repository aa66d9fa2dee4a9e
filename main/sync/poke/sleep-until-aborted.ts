import { setTimeout as sleep } from 'node:timers/promises';

/** Keeps no process alive. */
export async function sleepUntilAborted(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, null, { signal, ref: false }).catch(() => undefined);
}
