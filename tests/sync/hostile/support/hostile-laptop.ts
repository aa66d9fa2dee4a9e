import { createApp } from '../../../../main/app/create-app.ts';
import type { DesktopApp } from '../../../../main/app/desktop-app.ts';
import type { ConflictView } from '../../../../shared/desktop/work-views.ts';
import type { StoredRow } from '../../../../shared/entities/define-entity.ts';
import type { SyncRunResult } from '../../../../shared/desktop/sync-state.ts';
import { locationOfCode, productOfBarcode } from '../../../../main/cli/find-rows.ts';
import { headlessPorts } from '../../../../main/cli/headless-ports.ts';
import type { SyncUnit } from '../../../../shared/sync/sync-unit.ts';
import { type Finished, type RunningProgram, runProgram } from '../../../support/run-program.ts';
import { BARCODES } from './opening.ts';

const HEADLESS = 'main/cli/main.ts';

export interface SyncOutcome {
  outcome: 'complete' | 'error';
  rowsSent: number;
  rowsReceived: number;
  error: { code: string; message: string } | null;
}

/**
 * A laptop: a real folder, worked on by the real app. The app stays open in the test's own process from one call to the
 * next, because starting it costs more than most of what it is asked to do. Whatever has to be killed, or to be a process
 * for another reason, is a headless command (`start`), for which the app is closed first.
 */
export class HostileLaptop implements AsyncDisposable {
  readonly folder: string;
  readonly serverUrl: string;
  /** Hours by which its clock is wrong; then everything is done by processes. */
  clockOffHours = 0;
  #app: Promise<DesktopApp> | null = null;

  constructor(folder: string, serverUrl: string) {
    this.folder = folder;
    this.serverUrl = serverUrl;
  }

  async start(command: string, ...args: readonly string[]): Promise<RunningProgram> {
    await this.close();
    return this.#program(command, args);
  }

  startSync(unit = 'full'): Promise<RunningProgram> {
    return this.start('sync', '--server', this.serverUrl, '--unit', unit);
  }

  /** Whatever comes of it. */
  async sync(unit: SyncUnit = 'full'): Promise<SyncOutcome> {
    if (this.clockOffHours !== 0) {
      return lastJson(await (await this.startSync(unit)).ended) as SyncOutcome;
    }
    const { outcome, rowsSent, rowsReceived, error } = await this.syncHere(unit);
    return { outcome: outcome === 'complete' ? outcome : 'error', rowsSent, rowsReceived, error };
  }

  /** A headless command that writes. Throws if it does not end well. */
  async run<T>(command: string, ...args: readonly string[]): Promise<T> {
    await this.close();
    return this.look(command, ...args);
  }

  /** One that only looks, and so works beside the open app. */
  async look<T>(command: string, ...args: readonly string[]): Promise<T> {
    const finished = await this.#program(command, args).ended;
    if (finished.code !== 0) throw new Error(`${command} failed: ${finished.stderr}`);
    return lastJson(finished) as T;
  }

  async adjust(quantity: number, { product = 0, location = 'A-01' } = {}): Promise<Recorded> {
    const barcode = BARCODES[product] ?? '';
    if (this.clockOffHours !== 0) {
      const what = ['--barcode', barcode, '--location', location, '--quantity', String(quantity)];
      return this.run('adjust', ...what);
    }
    return this.withApp(async (app) => {
      const productId = await productOfBarcode(app.catalogue, barcode);
      const { id } = await locationOfCode(app, location, { productId });
      const movement = { kind: 'adjust', productId, locationId: id, quantity } as const;
      return app.stock.record({ ...movement, toLocationId: null, reason: null });
    });
  }

  /** Changes what is known of a location. */
  async edit(code: string, fields: StoredRow): Promise<void> {
    await this.withApp(async (app) => {
      const { id } = await locationOfCode(app, code, {});
      await app.records.write([{ kind: 'update', entity: 'location', id, fields }]);
    });
  }

  conflicts(): Promise<readonly ConflictView[]> {
    return this.withApp(({ work }) => work.conflicts());
  }

  async decide(choice: 'mine' | 'theirs'): Promise<void> {
    const [conflict] = await this.conflicts();
    await this.withApp(({ work }) => work.resolve([{ conflictId: conflict?.id ?? '', choice }]));
  }

  async stock(product = 0): Promise<{ onHand: number; pending: number }> {
    return this.withApp(async ({ catalogue, stock }) =>
      stock.ofProduct(await productOfBarcode(catalogue, BARCODES[product] ?? '')),
    );
  }

  async syncHere(unit: SyncUnit = 'full'): Promise<SyncRunResult> {
    return this.withApp(async (app) => {
      await app.settings.update({ serverUrl: this.serverUrl });
      return runToEnd(app, unit);
    });
  }

  async withApp<T>(work: (app: DesktopApp) => Promise<T>): Promise<T> {
    this.#app ??= createApp({ ...headlessPorts(this.folder), onError: () => undefined });
    return work(await this.#app);
  }

  /** Before anything else lays hands on the folder. */
  async close(): Promise<void> {
    const app = this.#app;
    this.#app = null;
    await (await app)?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #program(command: string, args: readonly string[]): RunningProgram {
    const all = [command, ...args, '--data', this.folder, '--json'];
    if (this.clockOffHours === 0) return runProgram(HEADLESS, all);
    return runProgram(HEADLESS, all, {
      NODE_OPTIONS: `--import=${new URL('shift-clock.ts', import.meta.url).href}`,
      CLOCK_OFF_HOURS: String(this.clockOffHours),
    });
  }
}

export interface Recorded {
  operationId: string;
  onHand: number;
}

/** One run from trigger to end. */
export function runToEnd(app: DesktopApp, unit: SyncUnit = 'full'): Promise<SyncRunResult> {
  return new Promise((resolve, reject) => {
    const stop = app.sync.subscribe((event) => {
      if (event.type !== 'onSyncComplete' && event.type !== 'onSyncError') return;
      stop();
      resolve(event.result);
    });
    app.sync
      .trigger({ syncUnit: unit, discardPendingSyncUnits: true, reason: 'cli' })
      .catch(reject);
  });
}

export function lastJson({ stdout, stderr }: Finished): unknown {
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (line === '') throw new Error(`It printed nothing: ${stderr}`);
  return JSON.parse(line);
}
