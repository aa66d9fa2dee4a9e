import type { SharedClock } from './shared-clock.ts';
import type { SyncServer } from './sync-server.ts';

/**
 * A server whose time is asked for when something is to be sent or fetched, if it is due. That it cannot be told keeps nothing
 * else away: the call that follows finds out for itself whether the server is there.
 */
export function clockedServer<TServer extends SyncServer>(
  server: TServer,
  clock: SharedClock,
  askTime: (signal: AbortSignal) => Promise<number>,
): TServer {
  const learn = async (signal: AbortSignal): Promise<void> => {
    if (!clock.isDue()) return;
    await clock.learn(() => askTime(signal)).catch(() => undefined);
  };
  return {
    ...server,
    push: async (input, signal) => {
      await learn(signal);
      return server.push(input, signal);
    },
    pull: async (input, signal) => {
      await learn(signal);
      return server.pull(input, signal);
    },
  };
}
