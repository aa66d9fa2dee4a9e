import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import type { Settings } from '../../shared/desktop/settings.ts';
import type { SyncReason } from '../../shared/desktop/sync-state.ts';
import type { NetworkService } from './network-service.ts';
import type { PowerPort } from './ports.ts';

/** Waking up and getting the network back within this time are one occasion, and make one run. */
const ONE_OCCASION_MS = 5_000;

export interface AutomaticTriggersOptions {
  now: () => number;
  settings: () => Settings;
  network: NetworkService;
  power: PowerPort;
  trigger: (reason: SyncReason) => void;
}

export interface AutomaticTriggers {
  /** The settings changed: the timer is set anew. */
  reconfigure: () => void;
  close: () => void;
}

/**
 * What starts a sync by itself: start, a timer, the network coming back, waking up; each switched by its own setting.
 * Everything goes through `trigger`, so the queue's rules hold for all of them.
 */
export function startAutomaticTriggers(options: AutomaticTriggersOptions): AutomaticTriggers {
  let lastAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let wasOffline = options.network.status().state === 'offline';

  const trigger = (reason: SyncReason): void => {
    if (options.settings().serverUrl === null) return;
    if (options.now() - lastAt < ONE_OCCASION_MS) return;
    lastAt = options.now();
    options.trigger(reason);
  };
  const reconfigure = (): void => {
    if (timer) clearInterval(timer);
    timer = null;
    const { intervalSeconds } = options.settings().sync;
    if (intervalSeconds <= 0) return;
    timer = setInterval(() => trigger('interval'), intervalSeconds * 1_000);
    timer.unref();
  };
  const stopNetwork = options.network.subscribe((status: NetworkStatus) => {
    const isBack = wasOffline && status.state === 'online';
    wasOffline = status.state === 'offline';
    if (isBack && options.settings().sync.syncOnOnline) trigger('online');
  });
  const stopPower = options.power.onResume(() => {
    // The network is rarely there at the moment of waking; the probe's own retries wait for it.
    void options.network.check().then(() => {
      if (options.settings().sync.syncOnResume) trigger('resume');
    });
  });

  reconfigure();
  if (options.settings().sync.syncOnStart) trigger('start');
  return {
    reconfigure,
    close: () => {
      if (timer) clearInterval(timer);
      stopNetwork();
      stopPower();
    },
  };
}
