import type { Unsubscribe } from './desktop-app.ts';

/** A reader that lags this far behind misses the oldest events; status events carry whole states, so it recovers. */
const EVENTS_BUFFERED_MAX = 1_000;

/** Turns a listener-style source into an async iterable for a tRPC subscription. Ends when the signal aborts. */
export async function* eventsOf<T>(
  subscribe: (listener: (event: T) => void) => Unsubscribe,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, void> {
  const buffered: T[] = [];
  let wake: (() => void) | null = null;
  const unsubscribe = subscribe((event) => {
    if (buffered.length >= EVENTS_BUFFERED_MAX) buffered.shift();
    buffered.push(event);
    wake?.();
  });
  const onAbort = (): void => wake?.();
  signal?.addEventListener('abort', onAbort);
  try {
    while (!signal?.aborted) {
      const next = buffered.shift();
      if (next !== undefined) yield next;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    unsubscribe();
  }
}
