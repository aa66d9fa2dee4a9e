import { onTestFinished, vi } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { must } from '../../shared/domain/assert.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/desktop/settings.ts';
import type { SyncEvent, SyncReason } from '../../shared/desktop/sync-state.ts';
import { siteScope } from '../../shared/sync/scope.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import { foldLogOf } from '../../main/sync/fold-logs.ts';
import { finishReplicaFile } from '../../main/sync/finish-replica-file.ts';
import { SyncEngine } from '../../main/sync/sync-engine.ts';
import type { TriggerRequest } from '../../main/sync/sync-queue.ts';
import type { SyncServer } from '../../main/sync/sync-server.ts';
import { ModelSyncServer } from './model-sync-server.ts';
import { SyncBench } from './sync-bench.ts';

const uuid = (number: number): string =>
  `01890000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
const SITE = uuid(900);
export const SITE_SCOPE = siteScope(SITE);
export const PLACE = uuid(2_000);
export const PRODUCT = uuid(10);

type EndEvent = Extract<SyncEvent, { type: 'onSyncComplete' | 'onSyncError' }>;

/** One call of the server: its name, and for a pull the scopes asked for. */
type Call = readonly [name: string, ...scopes: string[]];

/** The engine as the data worker runs it, on real files, with a model of the server that has one site, product and place. */
export function openEngineBench(settings: Partial<Settings['sync']> = {}) {
  const server = new ModelSyncServer({ serverId: uuid(1), epoch: uuid(2) });
  server.write('catalogue', [
    { entity: 'site', id: SITE, row: { code: 'HAM', name: 'Hamburg' } },
    { entity: 'product', id: PRODUCT, row: { sku: 'P', name: 'Drill', unit: 'pcs', archived: 0 } },
  ]);
  server.write(SITE_SCOPE, [
    { entity: 'location', id: PLACE, row: { site_id: SITE, code: 'A-1', name: 'Rack' } },
  ]);
  const laptop = new SyncBench(uuid(3));
  const calls: Call[] = [];
  const events: SyncEvent[] = [];
  const configuration = {
    serverUrl: 'http://model' as string | null,
    siteCodes: null,
    sync: { ...DEFAULT_SETTINGS.sync, ...settings },
  };
  const engine = new SyncEngine({
    work: laptop.work,
    replicas: laptop.replicas,
    ports: {
      now: () => laptop.now,
      newId: () => uuidv7(),
      random: () => 0,
      setTimer: () => () => undefined,
      connect: async () => listenedTo(server, calls),
      finishReplica: finishReplicaFile,
      foldLog: async (file) => foldLogOf(file),
      freeBytes: () => Number.POSITIVE_INFINITY,
    },
    configuration,
    emit: (event) => events.push(event),
    rowOf: (entity, id) => laptop.see(entity, id),
  });
  onTestFinished(async () => {
    await engine.close();
    laptop.dispose();
  });
  const trigger = (unit: SyncUnit, reason: SyncReason, more: Partial<TriggerRequest> = {}) =>
    engine.trigger({ syncUnit: unit, discardPendingSyncUnits: false, reason, ...more });
  const ended = (jobId: string): Promise<EndEvent> =>
    vi.waitFor(() => must(events.find(isEndOf(jobId)), 'the end of the run'), {
      timeout: 20_000,
      interval: 5,
    });
  return {
    engine,
    server,
    laptop,
    calls,
    events,
    configuration,
    trigger,
    ended,
    run: (unit: SyncUnit = 'full', reason: SyncReason = 'user') =>
      ended(trigger(unit, reason).jobId),
    rename: (name: string) =>
      laptop.person.write([{ kind: 'update', entity: 'location', id: PLACE, fields: { name } }]),
    /** Somebody else changes the place. */
    others: (fields: Record<string, string | null>) => {
      const row = must(server.row(SITE_SCOPE, 'location', PLACE), 'the place');
      server.write(SITE_SCOPE, [{ entity: 'location', id: PLACE, row: { ...row, ...fields } }]);
    },
  };
}

function isEndOf(jobId: string): (event: SyncEvent) => event is EndEvent {
  return (event): event is EndEvent =>
    (event.type === 'onSyncComplete' || event.type === 'onSyncError') &&
    event.result.jobId === jobId;
}

function listenedTo(
  server: ModelSyncServer,
  calls: Call[],
): SyncServer & { close: () => Promise<void> } {
  return {
    push: (input, signal) => {
      calls.push(['push']);
      return server.push(input, signal);
    },
    pull: (input, signal) => {
      calls.push(['pull', ...input.cursors.map(({ scope }) => scope)]);
      return server.pull(input, signal);
    },
    digests: (input, signal) => {
      calls.push(['digests']);
      return server.digests(input, signal);
    },
    bucketRows: (input, signal) => {
      calls.push(['bucketRows']);
      return server.bucketRows(input, signal);
    },
    snapshot: (input, signal) => server.snapshot(input, signal),
    snapshotBytes: (hash, from, signal) => server.snapshotBytes(hash, from, signal),
    bytesReceived: () => 0,
    close: () => Promise.resolve(),
  };
}
