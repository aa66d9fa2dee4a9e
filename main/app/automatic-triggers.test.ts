import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/desktop/settings.ts';
import type { SyncReason } from '../../shared/desktop/sync-state.ts';
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
  let onNetwork: (status: NetworkStatus) => void = () => undefined;
  let onResume: () => void = () => undefined;
  const world = {
    settings: { ...DEFAULT_SETTINGS, serverUrl, sync: { ...OFF, ...sync } },
    state: 'online' as NetworkStatus['state'],
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
      onResume: (listener) => {
        onResume = listener;
        return () => undefined;
      },
    },
    trigger: (reason) => reasons.push(reason),
  });
  const become = (state: NetworkStatus['state']): void => {
    world.state = state;
    onNetwork(status());
  };
  return {
    reasons,
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
] as const)('%s syncs if and only if %s is on', async (reason, name) => {
  for (const on of [true, false]) {
    const { reasons, become, wake } = start({ [name]: on });
    await vi.advanceTimersByTimeAsync(10_000);
    become('offline');
    become('online');
    await vi.advanceTimersByTimeAsync(10_000);
    await wake();
    expect(reasons).toEqual(on ? [reason] : []);
    triggers?.close();
  }
});

test('waking up and being online again within seconds make one run', async () => {
  const { reasons, become, wake } = start({ syncOnOnline: true, syncOnResume: true });
  await vi.advanceTimersByTimeAsync(10_000);
  become('offline');
  await wake();
  become('online');
  expect(reasons).toEqual(['resume']);
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
