import { expect, vi } from 'vitest';
import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type { AppPorts } from '../../main/app/ports.ts';
import type { SessionState } from '../../shared/desktop/session-views.ts';
import { must } from '../../shared/domain/assert.ts';
import { openAppBench } from './app-bench.ts';
import { PASSWORD } from './peopled-server.ts';
import { productRow } from './server-rows.ts';

export interface PeopleLaptop {
  app: DesktopApp;
  folder: string;
  /** By which the laptop's clock is set wrong, in milliseconds. */
  clock: { offset: number };
  errors: unknown[];
  close: () => Promise<void>;
  restart: (ports?: Partial<AppPorts>) => Promise<PeopleLaptop>;
  /** A full run, to its end. */
  sync: () => Promise<void>;
}

export interface PeopleLaptopOptions {
  folder: string;
  serverUrl: string;
  ports?: Partial<AppPorts> | undefined;
  clock?: { offset: number } | undefined;
}

/** A laptop with a screen, on which people sign in; nothing starts by itself. */
export async function openPeopleLaptop(options: PeopleLaptopOptions): Promise<PeopleLaptop> {
  const { folder, serverUrl, ports, clock = { offset: 0 } } = options;
  const errors: unknown[] = [];
  const { app, events } = await openAppBench({
    dataFolder: folder,
    serverUrl,
    automatic: false,
    ports: {
      shell: 'browser',
      now: () => Date.now() + clock.offset,
      onError: (error) => errors.push(error),
      ...ports,
    },
  });
  return {
    app,
    folder,
    clock,
    errors,
    close: app.close,
    restart: async (next) => {
      await app.close();
      return openPeopleLaptop({ ...options, clock, ports: { ...ports, ...next } });
    },
    sync: async () => {
      const { jobId } = await app.sync.trigger({
        syncUnit: 'full',
        discardPendingSyncUnits: false,
        reason: 'user',
      });
      const end = await vi.waitFor(
        () =>
          must(
            events.find(
              (event) =>
                (event.type === 'onSyncComplete' || event.type === 'onSyncError') &&
                event.result.jobId === jobId,
            ),
            'the end of the run',
          ),
        { timeout: 30_000 },
      );
      expect(end).toMatchObject({ type: 'onSyncComplete' });
    },
  };
}

export function signIn(app: DesktopApp, login: string): Promise<SessionState> {
  return app.session.signIn({ login, password: PASSWORD });
}

export function writeNote(app: DesktopApp, product: number, text: string) {
  return app.records.write([
    { kind: 'create', entity: 'product_note', id: productRow(product).id, row: { text } },
  ]);
}
