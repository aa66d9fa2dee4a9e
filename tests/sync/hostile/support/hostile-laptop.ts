import { createApp } from '../../../../main/app/create-app.ts';
import type { DesktopApp } from '../../../../main/app/desktop-app.ts';
import type { SyncRunResult } from '../../../../shared/desktop/sync-state.ts';
import { headlessPorts } from '../../../../main/cli/headless-ports.ts';
import { type Finished, type RunningProgram, runProgram } from '../../../support/run-program.ts';
import { BARCODES } from './hostile-server.ts';

const HEADLESS = 'main/cli/main.ts';

export interface SyncOutcome {
  outcome: 'complete' | 'error';
  rowsSent: number;
  rowsReceived: number;
  error: { code: string; message: string } | null;
}

/** A laptop: a real folder, worked on by the real headless commands, each a process of its own. */
export class HostileLaptop {
  readonly folder: string;
  readonly serverUrl: string;
  /** Hours by which its clock is wrong. */
  clockOffHours = 0;

  constructor(folder: string, serverUrl: string) {
    this.folder = folder;
    this.serverUrl = serverUrl;
  }

  start(command: string, ...args: readonly string[]): RunningProgram {
    const all = [command, ...args, '--data', this.folder, '--json'];
    if (this.clockOffHours === 0) return runProgram(HEADLESS, all);
    return runProgram(HEADLESS, all, {
      NODE_OPTIONS: `--import=${new URL('shift-clock.ts', import.meta.url).href}`,
      CLOCK_OFF_HOURS: String(this.clockOffHours),
    });
  }

  startSync(unit = 'full'): RunningProgram {
    return this.start('sync', '--server', this.serverUrl, '--unit', unit);
  }

  /** Whatever comes of it. */
  async sync(unit = 'full'): Promise<SyncOutcome> {
    return lastJson(await this.startSync(unit).ended) as SyncOutcome;
  }

  /** Throws if it does not end well. */
  async run<T>(command: string, ...args: readonly string[]): Promise<T> {
    const finished = await this.start(command, ...args).ended;
    if (finished.code !== 0) throw new Error(`${command} failed: ${finished.stderr}`);
    return lastJson(finished) as T;
  }

  adjust(quantity: number, { product = 0, location = 'A-01' } = {}): Promise<Recorded> {
    return this.run(
      'adjust',
      '--barcode',
      BARCODES[product] ?? '',
      '--location',
      location,
      '--quantity',
      String(quantity),
    );
  }

  stock(product = 0): Promise<{ onHand: number; pending: number }> {
    return this.run('stock', '--barcode', BARCODES[product] ?? '');
  }

  /** As the command does, but in the test's own process: for the many runs that only bring laptops to rest. */
  async syncHere(): Promise<SyncRunResult> {
    return this.withApp(async (app) => {
      await app.settings.update({ serverUrl: this.serverUrl });
      return runToEnd(app);
    });
  }

  async stockHere(product = 0): Promise<{ onHand: number; pending: number }> {
    return this.withApp(async ({ catalogue, stock }) => {
      const found = await catalogue.scan(BARCODES[product] ?? '');
      return stock.ofProduct(found?.product.id ?? '');
    });
  }

  /** For what one command cannot do: a thousand operations, or an edit in the middle of a sync. Here, in the test's own process. */
  async withApp<T>(work: (app: DesktopApp) => Promise<T>): Promise<T> {
    const app = await createApp({ ...headlessPorts(this.folder), onError: () => undefined });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  }
}

export interface Recorded {
  operationId: string;
  onHand: number;
}

/** One run from trigger to end. */
export function runToEnd(app: DesktopApp): Promise<SyncRunResult> {
  return new Promise((resolve, reject) => {
    app.sync.subscribe((event) => {
      if (event.type === 'onSyncComplete' || event.type === 'onSyncError') resolve(event.result);
    });
    app.sync
      .trigger({ syncUnit: 'full', discardPendingSyncUnits: true, reason: 'cli' })
      .catch(reject);
  });
}

export function lastJson({ stdout, stderr }: Finished): unknown {
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (line === '') throw new Error(`It printed nothing: ${stderr}`);
  return JSON.parse(line);
}
