/**
 * Collects names of changed entities and refreshes them together: at once when quiet, then one refresh after the other with a
 * pause between. A first sync announces changes many times a second; without the pause lists would never settle, and
 * overlapping refreshes would cancel each other for ever.
 */
export function createRefresher(
  refresh: (entities: ReadonlySet<string>) => Promise<unknown>,
  pauseMs: number,
): { add: (entities: readonly string[]) => void; stop: () => void } {
  let waiting = new Set<string>();
  let busy = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = async (): Promise<void> => {
    if (busy || stopped || waiting.size === 0) return;
    busy = true;
    const batch = waiting;
    waiting = new Set();
    try {
      await refresh(batch);
    } catch {
      // Each query keeps its own error, and the screen that asked shows it.
    } finally {
      timer = setTimeout(() => {
        busy = false;
        void flush();
      }, pauseMs);
    }
  };

  return {
    add: (entities) => {
      for (const entity of entities) waiting.add(entity);
      void flush();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
