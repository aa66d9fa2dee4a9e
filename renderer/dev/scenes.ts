import { ERROR_CODES, type ErrorCode } from '../../shared/errors.ts';
import type { SettableConnection } from '../connection.ts';
import type { FakeDesktop } from '../testing/fake-desktop.ts';
import { playWork } from './work-scene.ts';

const STEP_MS = 200;
const ROWS_PER_STEP = 1_700;
const BYTES_PER_ROW = 96;
const MINUTE = 60_000;

/** Plays a run with numbers that move, as a real one would. */
function playRun({ app, sync, catalogue, setVisible }: FakeDesktop, rowsUntil: number): void {
  const rowsTotal = catalogue.products.length * 4;
  let rowsReceived = 0;
  app.sync.subscribe((event) => {
    if (event.type === 'onSyncStart') rowsReceived = 0;
  });
  setInterval(() => {
    if (!sync.status().running || rowsReceived >= rowsUntil) return;
    rowsReceived = Math.min(rowsTotal, rowsReceived + ROWS_PER_STEP);
    const isSite = rowsReceived > rowsTotal / 2;
    sync.progress({
      phase: 'receiving',
      siteName: isSite ? 'North Hall' : null,
      rowsReceived,
      rowsTotal,
      bytesReceived: rowsReceived * BYTES_PER_ROW,
      rowsPerSecond: 84_300,
    });
    if (sync.status().lastSuccessAt === null) {
      setVisible(Math.min(catalogue.products.length, rowsReceived));
      sync.emit({
        type: 'dataChanged',
        entities: ['product', 'category', 'brand', 'site'],
        source: 'sync',
      });
    }
    if (rowsReceived === rowsTotal) sync.finish();
  }, STEP_MS);
}

function failWith(desktop: FakeDesktop, code: ErrorCode): void {
  desktop.sync.start('interval');
  desktop.sync.progress({ rowsReceived: 12_400, phase: 'receiving' });
  desktop.sync.finish({ outcome: 'error', code, nextAttemptAt: Date.now() + 2 * MINUTE });
}

/** Brings the made-up app into a state to look at. `error-<CODE>` fails with that code. */
export async function playScene(
  scene: string,
  desktop: FakeDesktop,
  connection: SettableConnection,
): Promise<void> {
  const { sync, setNetwork } = desktop;
  for (const reason of ['start', 'online', 'user'] as const) {
    sync.start(reason);
    sync.progress({ rowsReceived: reason === 'start' ? 52_119 : 318 });
    sync.finish(reason === 'online' ? { outcome: 'error', code: 'SERVER_TIMEOUT' } : {});
  }
  sync.set({ lastSuccessAt: Date.now() - 3 * MINUTE, state: 'idle' });
  if (scene.startsWith('first')) sync.set({ lastSuccessAt: null, state: 'neverSynced' });

  const errorCode = ERROR_CODES.find((code) => scene === `error-${code}`);
  if (errorCode) failWith(desktop, errorCode);
  if (scene === 'work' || scene === 'conflicts') await playWork(desktop, scene === 'conflicts');
  if (scene === 'lost') connection.set('lost');
  if (scene === 'offline' || scene === 'admin-offline') {
    setNetwork({ state: 'offline', cause: 'unreachable', since: Date.now() - 47 * MINUTE });
    sync.set({ state: 'offline', lastSuccessAt: Date.now() - 52 * MINUTE, pending: 3 });
  }
  if (scene === 'first-offline') {
    setNetwork({ state: 'offline', cause: 'noLink', serverUrl: 'https://tallyman.example.com' });
  }
  if (scene === 'first-error') {
    setNetwork({ state: 'online', cause: null });
    failWith(desktop, 'NOT_TALLYMAN');
  }
  if (scene === 'syncing') {
    sync.start('user');
    playRun(desktop, 21_000);
  } else if (scene === 'first-filling' || scene === 'first-connecting') {
    setNetwork({ state: 'online', cause: null });
    sync.start('start');
    if (scene === 'first-filling') {
      sync.set({
        scopes: [
          {
            scope: 'catalogue',
            siteCode: null,
            name: null,
            version: 0,
            complete: false,
            rows: { product: 5_100 },
            verifiedAt: null,
          },
        ],
      });
      playRun(desktop, 6_000);
    }
  } else playRun(desktop, Infinity);
}
