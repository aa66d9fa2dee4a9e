import type { ServerCalls } from './server-calls.ts';

/** The HTTP client is half of what the thread would load, and a laptop on which nobody signs in never needs this. */
export function lazyServerCalls(): ServerCalls {
  let made: Promise<ServerCalls> | null = null;
  const calls = (): Promise<ServerCalls> =>
    (made ??= import('./server-calls.ts').then(({ createServerCalls }) => createServerCalls()));
  return {
    call: async (call, signal) => (await calls()).call(call, signal),
    close: async () => (await made)?.close(),
  };
}
