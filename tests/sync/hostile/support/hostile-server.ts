import { once } from 'node:events';
import { join } from 'node:path';
import { DATABASE_FILE, openStore } from '../../../../server/store/open-store.ts';
import { commitChanges } from '../../../../server/sync/scope-commit.ts';
import type { ChangeTransaction } from '../../../../server/sync/change-transaction.ts';
import {
  barcodeRow,
  idOf,
  levelRow,
  locationRow,
  productRow,
  siteRow,
} from '../../../support/server-rows.ts';
import { type RunningProgram, runProgram } from '../../../support/run-program.ts';

/** What the server has at first: products 10 … 12 with barcodes, at one site with three locations, 100 of each in the first. */
export const SITE = siteRow(1, { code: 'HAM' });
export const PRODUCTS = [10, 11, 12].map((number) => productRow(number));
export const BARCODES = ['4006381333931', '0036000291452', '5901234123457'];
export const LOCATIONS = ['A-01', 'A-02', 'B-01'].map((code, at) =>
  locationRow(20 + at, { site_id: SITE.id, code }),
);
export const OPENING = 100;

/** The real server as a process of its own, on a folder that outlives it. */
export class HostileServer implements AsyncDisposable {
  readonly folder: string;
  #program: RunningProgram | null = null;
  url = '';

  constructor(folder: string) {
    this.folder = folder;
  }

  get databaseFile(): string {
    return join(this.folder, DATABASE_FILE);
  }

  /** Before it is started for the first time. */
  async seed(): Promise<void> {
    await this.change(async (tx) => {
      await tx.insert('site', [SITE]);
      await tx.insert('product', PRODUCTS);
      const codes = BARCODES.map((code, at) =>
        barcodeRow(30 + at, { product_id: idOf(10 + at), code }),
      );
      await tx.insert('barcode', codes);
      await tx.insert('location', LOCATIONS);
      const levels = PRODUCTS.map((product, at) =>
        levelRow(40 + at, {
          site_id: SITE.id,
          product_id: product.id,
          location_id: idOf(20),
          quantity: OPENING,
        }),
      );
      await tx.insert('stock_level', levels);
    });
  }

  /** What somebody at the office does; the server must not be running, as the database is opened here. */
  async change(work: (tx: ChangeTransaction) => Promise<void>): Promise<void> {
    const store = await openStore({ dataDir: this.folder });
    try {
      await commitChanges(store, work);
    } finally {
      await store.close();
    }
  }

  async start(): Promise<void> {
    const args = ['serve', '--data', this.folder, '--port', '0', '--log-level', 'error'];
    const program = runProgram('server/cli/main.ts', args);
    this.#program = program;
    const listening = new Promise<string>((resolve) => {
      program.child.stdout?.on('data', () => {
        const url = /^listening on (\S+)$/m.exec(program.stdout())?.[1];
        if (url !== undefined) resolve(url);
      });
    });
    const ended = program.ended.then(({ stderr }) => {
      throw new Error(`The server ended: ${stderr}`);
    });
    this.url = await Promise.race([listening, ended]);
    ended.catch(() => undefined);
  }

  get running(): boolean {
    return this.#program !== null;
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** As a power cut would. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const program = this.#program;
    this.#program = null;
    if (!program) return;
    const { child } = program;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
