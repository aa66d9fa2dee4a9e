import { afterEach, expect, test, vi } from 'vitest';
import { startAutomaticTriggers } from '../../main/app/automatic-triggers.ts';
import { createNetworkService } from '../../main/app/network-service.ts';
import { DEFAULT_SETTINGS } from '../../shared/desktop/settings.ts';
import type { SyncReason } from '../../shared/desktop/sync-state.ts';

afterEach(() => vi.useRealTimers());

test('L17: a network that comes back while no page listens is acted on, and the next page is told the truth', async () => {
  vi.useFakeTimers();
  let reached = false;
  let onLink: () => void = () => undefined;
  const serverUrl = 'http://127.0.0.1:1';
  const network = createNetworkService({
    now: Date.now,
    fetch: async () => {
      if (!reached) throw new TypeError('fetch failed');
      return Response.json({ product: 'tallyman', nonce: 'nonce' });
    },
    newNonce: () => 'nonce',
    link: {
      hasLink: () => true,
      onChange: (listener) => {
        onLink = listener;
        return () => undefined;
      },
    },
    serverUrl: () => serverUrl,
    onListenerError: () => undefined,
  });
  const reasons: SyncReason[] = [];
  const sync = {
    ...DEFAULT_SETTINGS.sync,
    syncOnStart: false,
    syncOnOnline: true,
    intervalSeconds: 0,
  };
  const triggers = startAutomaticTriggers({
    now: Date.now,
    settings: () => ({ ...DEFAULT_SETTINGS, serverUrl, sync }),
    network,
    power: { onLock: () => () => undefined, onResume: () => () => undefined },
    hasUnsent: () => Promise.resolve(false),
    trigger: (_, reason) => reasons.push(reason),
  });
  try {
    const seenByOldPage: string[] = [];
    const leave = network.subscribe(({ state }) => seenByOldPage.push(state));
    await network.check();
    expect(seenByOldPage).toEqual(['offline']);
    // The person goes to another page, and right then the network is back.
    leave();
    reached = true;
    onLink();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(network.status()).toMatchObject({ state: 'online', cause: null });
    expect(reasons).toEqual(['online']);
    expect(seenByOldPage).toEqual(['offline']);
  } finally {
    triggers.close();
    network.close();
  }
});
