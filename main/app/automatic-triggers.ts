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
/** While the server tells of its news, the timer is there only for what was lost on the way. */
const INTERVAL_WITH_POKES_SECONDS = 15 * 60;

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
  /** Whether the server can tell of its news at this moment. */
  pokesLive: (isLive: boolean) => void;
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
  let wasOffline = isOffline();

  const trigger = (unit: SyncUnit, reason: SyncReason): void => {
    if (options.settings().serverUrl !== null) options.trigger(unit, reason);
  };
  const occasions = gatherOccasions(options.now, (reason) => trigger('full', reason));
  const timer = startTimer(options, () => trigger('full', 'interval'));
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

  if (options.settings().sync.syncOnStart) occasions.add('start');
  return {
    reconfigure: timer.reset,
    signedIn: () => {
      if (options.settings().sync.syncOnLogin) trigger('full', 'login');
    },
    changedLocally: localChanges.add,
    pokesLive: timer.pokesLive,
    runFailed: () => occasions.runFailed(isOffline()),
    close: () => {
      timer.close();
      localChanges.close();
      stopNetwork();
      stopPower();
    },
  };
}

interface IntervalTimer {
  reset: () => void;
  pokesLive: (isLive: boolean) => void;
  close: () => void;
}

function startTimer(
  { now, settings }: Pick<AutomaticTriggersOptions, 'now' | 'settings'>,
  tick: () => void,
): IntervalTimer {
  let timer: NodeJS.Timeout | undefined;
  let tickedAt = now();
  let isPoked = false;

  const plan = (waitMs: number): void => {
    clearTimeout(timer);
    const { intervalSeconds } = settings().sync;
    if (intervalSeconds > 0) timer = setTimeout(tickAndPlan, waitMs).unref();
  };
  const intervalMs = (): number => {
    const { intervalSeconds } = settings().sync;
    return (
      (isPoked ? Math.max(intervalSeconds, INTERVAL_WITH_POKES_SECONDS) : intervalSeconds) * 1_000
    );
  };
  const tickAndPlan = (): void => {
    tickedAt = now();
    plan(intervalMs());
    tick();
  };
  const reset = (): void => {
    tickedAt = now();
    plan(intervalMs());
  };
  reset();
  return {
    reset,
    pokesLive: (isLive) => {
      isPoked = isLive;
      // Lines that break break for all laptops of a server at once; what is overdue is not asked for by all of them then.
      if (!isLive) return plan(intervalMs());
      const leftMs = tickedAt + intervalMs() - now();
      // A clock that was set says nothing about how long ago it was.
      plan(Math.min(Math.max(leftMs, 0), intervalMs()));
    },
    close: () => clearTimeout(timer),
  };
}
