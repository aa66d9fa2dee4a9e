import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/desktop/settings.ts';
import type { SyncReason } from '../../shared/desktop/sync-state.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import { type AutomaticTriggers, startAutomaticTriggers } from './automatic-triggers.ts';

const OFF: Settings['sync'] = {
  ...DEFAULT_SETTINGS.sync,
  syncOnStart: false,
  intervalSeconds: 0,
};

let triggers: AutomaticTriggers | null = null;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  triggers?.close();
  vi.useRealTimers();
});

function start(sync: Partial<Settings['sync']>, serverUrl: string | null = 'http://127.0.0.1:1') {
  const reasons: SyncReason[] = [];
  const units: SyncUnit[] = [];
  let onNetwork: (status: NetworkStatus) => void = () => undefined;
  let onResume: () => void = () => undefined;
  const world = {
    settings: { ...DEFAULT_SETTINGS, serverUrl, sync: { ...OFF, ...sync } },
    state: 'online' as NetworkStatus['state'],
    hasUnsent: false,
  };
  const status = (): NetworkStatus => ({ state: world.state, cause: null, since: 0, serverUrl });
  triggers = startAutomaticTriggers({
    now: Date.now,
    settings: () => world.settings,
    network: {
      status,
      check: () => Promise.resolve(status()),
      noteReached: () => undefined,
      close: () => undefined,
      subscribe: (listener) => {
        onNetwork = listener;
        return () => undefined;
      },
    },
    power: {
      onLock: () => () => undefined,
      onResume: (listener) => {
        onResume = listener;
        return () => undefined;
      },
    },
    hasUnsent: () => Promise.resolve(world.hasUnsent),
    trigger: (unit, reason) => {
      reasons.push(reason);
      units.push(unit);
    },
  });
  const become = (state: NetworkStatus['state']): void => {
    world.state = state;
    onNetwork(status());
  };
  return {
    reasons,
    units,
    world,
    become,
    wake: async () => {
      onResume();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

test.each([
  ['start', 'syncOnStart'],
  ['online', 'syncOnOnline'],
  ['resume', 'syncOnResume'],
  ['login', 'syncOnLogin'],
] as const)('checklist 14: %s syncs if and only if %s is on', async (reason, name) => {
  for (const on of [true, false]) {
    const { reasons, become, wake } = start({ [name]: on });
    await vi.advanceTimersByTimeAsync(10_000);
    become('offline');
    become('online');
    await vi.advanceTimersByTimeAsync(10_000);
    await wake();
    triggers?.signedIn();
    expect(reasons).toEqual(on ? [reason] : []);
    triggers?.close();
  }
});

test('checklist 14: waking up and being online again within seconds make one run', async () => {
  const { reasons, become, wake } = start({ syncOnOnline: true, syncOnResume: true });
  await vi.advanceTimersByTimeAsync(10_000);
  become('offline');
  await wake();
  become('online');
  expect(reasons).toEqual(['resume']);
});

test('a server that returns right after a start that did not find it is synced with', () => {
  const { reasons, become } = start({ syncOnStart: true, syncOnOnline: true });
  become('offline');
  triggers?.runFailed();
  become('online');
  expect(reasons).toEqual(['start', 'online']);
});

test('a server that returns while the run of the start still fails is synced with after it', () => {
  const { reasons, become } = start({ syncOnStart: true, syncOnOnline: true });
  become('offline');
  become('online');
  expect(reasons).toEqual(['start']);
  triggers?.runFailed();
  expect(reasons).toEqual(['start', 'online']);
  triggers?.runFailed();
  expect(reasons).toEqual(['start', 'online']);
});

test('the timer runs at its interval, and a new interval holds at once', async () => {
  const { reasons, world } = start({ intervalSeconds: 60 });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(reasons).toEqual(['interval', 'interval']);
  world.settings = { ...world.settings, sync: { ...world.settings.sync, intervalSeconds: 10 } };
  triggers?.reconfigure();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(reasons).toHaveLength(5);
});

test('without a server nothing starts by itself', async () => {
  const { reasons } = start({ syncOnStart: true, intervalSeconds: 10 }, null);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reasons).toEqual([]);
});

test('being online from the start is no return of the network', () => {
  const { reasons, become } = start({ syncOnOnline: true });
  become('online');
  expect(reasons).toEqual([]);
});

test('signing in syncs even right after the start, which was for somebody else', () => {
  const { reasons } = start({ syncOnStart: true, syncOnLogin: true });
  triggers?.signedIn();
  expect(reasons).toEqual(['start', 'login']);
});

test('a clock set back does not hold up what comes by itself', async () => {
  const { reasons, become } = start({ syncOnStart: true, syncOnOnline: true });
  vi.setSystemTime(Date.now() - 86_400_000);
  become('offline');
  become('online');
  expect(reasons).toEqual(['start', 'online']);
});

test('a network that comes and goes ten times a second makes one run per five seconds', async () => {
  const { reasons, become } = start({ syncOnOnline: true });
  for (let tick = 0; tick < 100; tick++) {
    become(tick % 2 === 0 ? 'offline' : 'online');
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(reasons).toEqual(['online', 'online']);
});

test('L20: what others changed comes with the timer, without anybody asking', async () => {
  const { reasons, units } = start({ intervalSeconds: 300 });
  await vi.advanceTimersByTimeAsync(300_000);
  expect([reasons, units]).toEqual([['interval'], ['full']]);
});

test('a local change is sent after two quiet seconds, many of them as one', async () => {
  const { reasons, units } = start({});
  for (let scan = 0; scan < 4; scan++) {
    triggers?.changedLocally();
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(reasons).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([reasons, units]).toEqual([['localChange'], ['send']]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reasons).toHaveLength(1);
});

test('somebody who scans without a pause is sent every ten seconds', async () => {
  const { reasons } = start({});
  for (let scan = 0; scan < 60; scan++) {
    triggers?.changedLocally();
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(reasons).toEqual(['localChange', 'localChange', 'localChange']);
});

test('while offline nothing is sent, and what was done then is sent once the network is back', async () => {
  for (const syncOnOnline of [true, false]) {
    const { reasons, become, world } = start({ syncOnOnline });
    become('offline');
    world.hasUnsent = true;
    triggers?.changedLocally();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reasons).toEqual([]);
    become('online');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reasons).toEqual([syncOnOnline ? 'online' : 'localChange']);
    world.hasUnsent = false;
    become('offline');
    become('online');
    await vi.advanceTimersByTimeAsync(0);
    expect(reasons).toHaveLength(syncOnOnline ? 2 : 1);
    triggers?.close();
  }
});

test('work of before a restart, or of a run that failed, is sent once the network is back', async () => {
  const { reasons, become, world } = start({});
  world.hasUnsent = true;
  become('offline');
  become('online');
  await vi.advanceTimersByTimeAsync(0);
  expect(reasons).toEqual(['localChange']);
});

test('closing forgets a change that waits: it is in the outbox', async () => {
  const { reasons } = start({});
  triggers?.changedLocally();
  triggers?.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reasons).toEqual([]);
});

test('L20: while the server can tell of news, the timer slows down, and is itself again when it cannot', async () => {
  const { reasons } = start({ intervalSeconds: 300 });
  triggers?.pokesLive(true);
  await vi.advanceTimersByTimeAsync(899_000);
  expect(reasons).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(reasons).toEqual(['interval']);
  triggers?.pokesLive(false);
  await vi.advanceTimersByTimeAsync(301_000);
  expect(reasons).toEqual(['interval', 'interval']);
});

test('a line that is made anew every ten minutes does not keep the slow timer from ever going off', async () => {
  const { reasons } = start({ intervalSeconds: 300 });
  for (let minutes = 0; minutes < 60; minutes += 10) {
    triggers?.pokesLive(false);
    await vi.advanceTimersByTimeAsync(1_000);
    triggers?.pokesLive(true);
    await vi.advanceTimersByTimeAsync(599_000);
  }
  expect(reasons.length).toBeGreaterThanOrEqual(3);
});

test('a timer that is switched off stays off, whatever the server can tell', async () => {
  const { reasons } = start({ intervalSeconds: 0 });
  triggers?.pokesLive(true);
  triggers?.pokesLive(false);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(reasons).toEqual([]);
});
