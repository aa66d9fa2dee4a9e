const RESUBSCRIBE_DELAY_MS = 1_000;

interface Subscribable<T> {
  subscribe: (
    input: undefined,
    observer: {
      onStarted: () => void;
      onData: (value: T) => void;
      onError: () => void;
      onComplete: () => void;
    },
  ) => { unsubscribe: () => void };
}

/**
 * Keeps a subscription open until stopped. Links reconnect by themselves after a lost connection; this is for a
 * subscription that the other side ended, after which the link is silent.
 */
export function subscribeForever<T>(
  procedure: Subscribable<T>,
  listener: { onStarted: () => void; onData: (value: T) => void },
): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: { unsubscribe: () => void } | undefined;
  const open = (): void => {
    const again = (): void => {
      if (!stopped) timer = setTimeout(open, RESUBSCRIBE_DELAY_MS);
    };
    current = procedure.subscribe(undefined, {
      onStarted: listener.onStarted,
      onData: listener.onData,
      onError: again,
      onComplete: again,
    });
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    current?.unsubscribe();
  };
}
