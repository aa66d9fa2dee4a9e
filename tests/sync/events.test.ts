import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { TallymanError } from '../../shared/errors.ts';
import { openEngineBench } from '../support/engine-bench.ts';

/** The kinds of events, without the ones that only say that something looks different now. */
function typesOf({ events }: ReturnType<typeof openEngineBench>): string[] {
  const kinds = events.map(({ type }): string => type);
  return kinds.filter((type) => type.startsWith('onSync') && type !== 'onSyncProgress');
}

describe('the events of a run', () => {
  test('OnSyncStart names the unit before the server is asked anything', async () => {
    const bench = openEngineBench();
    let toldBefore: string[] = [];
    bench.server.beforeAnswer = () => {
      toldBefore = typesOf(bench);
    };
    const { jobId } = bench.trigger('full', 'tray');
    await bench.ended(jobId);
    expect(toldBefore).toEqual(['onSyncStart']);
    expect(bench.events.find(({ type }) => type === 'onSyncStart')).toEqual({
      type: 'onSyncStart',
      jobId,
      unit: 'full',
      reason: 'tray',
    });
  });

  test('OnSyncComplete comes once, with what the run moved', async () => {
    const bench = openEngineBench();
    await bench.run();
    bench.rename('Front rack');
    bench.others({ zone: 'Z' });
    const seen = bench.events.length;
    expect(await bench.run('full', 'menu')).toMatchObject({
      type: 'onSyncComplete',
      result: {
        unit: 'full',
        reason: 'menu',
        outcome: 'complete',
        rowsReceived: 1,
        rowsSent: 1,
        error: null,
      },
    });
    expect(typesOf(bench)).toEqual([
      'onSyncStart',
      'onSyncComplete',
      'onSyncStart',
      'onSyncComplete',
    ]);
    expect(bench.events.slice(seen)).toContainEqual({
      type: 'dataChanged',
      entities: ['location'],
      source: 'sync',
    });
  });

  test('OnSyncError has a code and the moment of the next attempt', async () => {
    const bench = openEngineBench({ retryOnError: true, retryIntervalInSeconds: 30 });
    bench.server.beforeAnswer = () => {
      throw new TallymanError('SERVER_UNREACHABLE', 'The server cannot be reached.');
    };
    expect(await bench.run()).toMatchObject({
      type: 'onSyncError',
      result: { outcome: 'error', error: { code: 'SERVER_UNREACHABLE', retryable: true } },
      nextAttemptAt: bench.laptop.now + 30_000,
    });
    expect(typesOf(bench)).toEqual(['onSyncStart', 'onSyncError']);
  });

  test('a unit that waits for the network tells OnSyncDeferred, and starts once it is back', async () => {
    const bench = openEngineBench();
    bench.engine.setOffline(true);
    const { jobId } = bench.trigger('full', 'interval');
    expect(typesOf(bench)).toEqual(['onSyncDeferred']);
    bench.engine.setOffline(false);
    await bench.ended(jobId);
    expect(typesOf(bench)).toEqual(['onSyncDeferred', 'onSyncStart', 'onSyncComplete']);
  });

  test('OnSyncConflict counts what a person has to decide', async () => {
    const bench = openEngineBench();
    await bench.run();
    bench.rename('Mine');
    bench.others({ name: 'Theirs' });
    expect(await bench.run()).toMatchObject({ type: 'onSyncComplete' });
    expect(bench.events).toContainEqual(
      expect.objectContaining({ type: 'onSyncConflict', unit: 'full', conflicts: 1 }),
    );
  });

  test('OnSyncProgress counts rows and never goes back', async () => {
    const bench = openEngineBench();
    await bench.run();
    const told = bench.events.flatMap((event) =>
      event.type === 'onSyncProgress' ? [event.progress.rowsReceived] : [],
    );
    expect(told.length).toBeGreaterThan(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(bench.engine.status().lastResult).toMatchObject({ rowsReceived: 3 });
  });

  test('the status is told once for all that changes in a turn, and after the events of that turn', async () => {
    const bench = openEngineBench();
    await bench.run();
    await vi.waitFor(() => expect(bench.engine.status().running).toBeNull());
    await nextTurn();
    const before = bench.events.length;
    await bench.run('full', 'cli');
    await nextTurn();
    const told = bench.events.slice(before);
    expect(told.map(({ type }) => type)).toEqual([
      'onSyncStart',
      'onSyncProgress',
      'statusChanged',
      'onSyncComplete',
      'statusChanged',
    ]);
    expect(
      told.flatMap((event) => (event.type === 'statusChanged' ? [event.status] : [])),
    ).toMatchObject([
      { state: 'syncing', running: { reason: 'cli' }, queued: [] },
      { state: 'idle', running: null, lastResult: { reason: 'cli' } },
    ]);
  });

  test('an engine that was closed in the middle of a turn tells nothing more', async () => {
    const bench = openEngineBench();
    bench.engine.setOffline(true);
    await bench.engine.close();
    await nextTurn();
    expect(bench.events).toEqual([]);
  });
});
