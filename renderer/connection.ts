/** Whether the page still reaches the app that it is a window of. Says nothing about the Tallyman server. */
export type ConnectionState = 'connected' | 'lost';

export interface Connection {
  current: () => ConnectionState;
  /** Calls back on each change. Returns the way to stop. */
  subscribe: (listener: () => void) => () => void;
}

export interface SettableConnection extends Connection {
  set: (state: ConnectionState) => void;
}

export function createConnection(initial: ConnectionState = 'connected'): SettableConnection {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    current: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (next) => {
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
  };
}
