import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import type { Settings } from '../../shared/desktop/settings.ts';
import type { SyncReason } from '../../shared/desktop/sync-state.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import { gatherChanges } from './gather-changes.ts';
import { gatherOccasions } from './gather-occasions.ts';
import type { NetworkService } from './network-service.ts';
import type { PowerPort } from './ports.ts';

/** What a person does in one go, as a few scans, is sent in one run … */
const LOCAL_CHANGE_WAIT_MS = 2_000;
/** … but somebody who scans without a pause is not waited for longer than this. */
const LOCAL_CHANGE_WAIT_MAX_MS = 10_000;

export interface AutomaticTriggersOptions {
  now: () => number;
  settings: () => Settings;
  network: NetworkService;
  power: PowerPort;
  /** Whether work waits here that the server does not have, whenever it was done. */
  hasUnsent: () => Promise<boolean>;
  trigger: (unit: SyncUnit, reason: SyncReason) => void;
}

export interface AutomaticTriggers {
  /** The settings changed: the timer is set anew. */
  reconfigure: () => void;
  signedIn: () => void;
  /** A person changed rows on this laptop. */
  changedLocally: () => void;
  /** A run failed: what an occasion shortly before it had left out is wanted after all. */
  runFailed: () => void;
  close: () => void;
}

/**
 * What starts a sync by itself: start, a timer, the network coming back, waking up, signing in, each switched by its own
 * setting; and work done here, which is sent soon. Everything goes through `trigger`, so the queue's rules hold for all.
 */
export function startAutomaticTriggers(options: AutomaticTriggersOptions): AutomaticTriggers {
  const isOffline = (): boolean => options.network.status().state === 'offline';
  let timer: NodeJS.Timeout | null = null;
  let wasOffline = isOffline();

  const trigger = (unit: SyncUnit, reason: SyncReason): void => {
    if (options.settings().serverUrl !== null) options.trigger(unit, reason);
  };
  const occasions = gatherOccasions(options.now, (reason) => trigger('full', reason));
  const reconfigure = (): void => {
    if (timer) clearInterval(timer);
    timer = null;
    const { intervalSeconds } = options.settings().sync;
    if (intervalSeconds <= 0) return;
    timer = setInterval(() => trigger('full', 'interval'), intervalSeconds * 1_000);
    timer.unref();
  };
  const localChanges = gatherChanges({
    quietMs: LOCAL_CHANGE_WAIT_MS,
    latestMs: LOCAL_CHANGE_WAIT_MAX_MS,
    done: () => {
      if (!isOffline()) trigger('send', 'localChange');
    },
  });
  /** Of now, or of before a restart, or of a run that failed as the server went. */
  const sendUnsent = async (): Promise<void> => {
    if (await options.hasUnsent()) trigger('send', 'localChange');
  };
  const stopNetwork = options.network.subscribe((status: NetworkStatus) => {
    const isBack = wasOffline && status.state === 'online';
    wasOffline = status.state === 'offline';
    if (!isBack) return;
    if (options.settings().sync.syncOnOnline) occasions.add('online');
    else void sendUnsent();
  });
  const stopPower = options.power.onResume(() => {
    // The network is rarely there at the moment of waking; the probe's own retries wait for it.
    void options.network.check().then(() => {
      if (options.settings().sync.syncOnResume) occasions.add('resume');
    });
  });

  reconfigure();
  if (options.settings().sync.syncOnStart) occasions.add('start');
  return {
    reconfigure,
    signedIn: () => {
      if (options.settings().sync.syncOnLogin) trigger('full', 'login');
    },
    changedLocally: localChanges.add,
    runFailed: () => occasions.runFailed(isOffline()),
    close: () => {
      if (timer) clearInterval(timer);
      localChanges.close();
      stopNetwork();
      stopPower();
    },
  };
}
