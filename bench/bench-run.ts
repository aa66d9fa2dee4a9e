import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspectFolder } from '../main/data/inspect-folder.ts';
import { must } from '../shared/domain/assert.ts';
import {
  type BenchProcess,
  type Measured,
  type ProcessOptions,
  runProcess,
  startProcess,
} from './bench-process.ts';
import type { CatalogueChoice } from './catalogue-source.ts';
import type { ServerInput, ServerOutput } from './processes/server-process.ts';
import type {
  SnapshotServerInput,
  SnapshotServerOutput,
} from './processes/snapshot-server-process.ts';

export interface BenchRunOptions extends ProcessOptions {
  /** Empty; holds all that the run makes. */
  folder: string;
  catalogue: CatalogueChoice;
}

/** A laptop's data folder after its first sync. */
export interface Laptop {
  dataFolder: string;
  replicaFile: string;
}

/** What every measurement of a run shares: the folder, the server with the catalogue in it, and the way to start processes. */
export class BenchRun {
  readonly server: ServerOutput;
  readonly seed: number;
  readonly #options: BenchRunOptions;
  readonly #serverProcess: BenchProcess<ServerOutput>;
  #folders = 0;
  #snapshotServer: BenchProcess<SnapshotServerOutput> | null = null;

  private constructor(options: BenchRunOptions, server: BenchProcess<ServerOutput>) {
    this.server = server.value;
    this.seed = options.catalogue.seed;
    this.#options = options;
    this.#serverProcess = server;
  }

  static async start(options: BenchRunOptions): Promise<BenchRun> {
    const server = await startProcess<ServerInput, ServerOutput>(
      new URL('processes/server-process.ts', import.meta.url),
      { dataDir: serverFolderIn(options), catalogue: options.catalogue },
      options,
    );
    return new BenchRun(options, server);
  }

  get #serverFolder(): string {
    return serverFolderIn(this.#options);
  }

  /** Products on the server: lines of a real file that the import refused are not among them. */
  get rows(): number {
    return this.server.imported;
  }

  /** Runs `<name>-process.js` of a folder of bundles. */
  bundledProcess<TInput, TValue>(
    name: string,
    folder: string,
    input: TInput,
  ): Promise<Measured<TValue>> {
    const entry = pathToFileURL(join(folder, `${name}-process.js`));
    return runProcess<TInput, TValue>(entry, input, this.#options);
  }

  /** Runs `processes/<name>-process.ts`. */
  process<TInput, TValue>(name: string, input: TInput): Promise<Measured<TValue>> {
    const entry = new URL(`processes/${name}-process.ts`, import.meta.url);
    return runProcess<TInput, TValue>(entry, input, this.#options);
  }

  /** Starts `processes/<name>-process.ts`, which stays until it is stopped. */
  start<TInput, TValue>(name: string, input: TInput): Promise<BenchProcess<TValue>> {
    const entry = new URL(`processes/${name}-process.ts`, import.meta.url);
    return startProcess<TInput, TValue>(entry, input, this.#options);
  }

  get signal(): AbortSignal {
    return this.#options.signal;
  }

  /** A server of the same rows that offers a snapshot of them, built when it is first asked for. */
  async snapshotServer(): Promise<SnapshotServerOutput> {
    this.#snapshotServer ??= await this.start<SnapshotServerInput, SnapshotServerOutput>(
      'snapshot-server',
      { dataDir: this.#serverFolder },
    );
    return this.#snapshotServer.value;
  }

  newFolder(): string {
    this.#folders += 1;
    return join(this.#options.folder, `part-${this.#folders}`);
  }

  remove(path: string): void {
    rmSync(path, { recursive: true, force: true });
  }

  /** Runs `work` on a copy of the laptop's catalogue file, which it may change. */
  async withCopy<T>(laptop: Laptop, work: (file: string) => Promise<T>): Promise<T> {
    const copy = this.newFolder();
    for (const suffix of ['', '-wal']) {
      const file = laptop.replicaFile + suffix;
      if (existsSync(file)) copyFileSync(file, copy + suffix);
    }
    try {
      return await work(copy);
    } finally {
      for (const suffix of ['', '-wal', '-shm']) this.remove(copy + suffix);
    }
  }

  async close(): Promise<void> {
    await this.#snapshotServer?.stop();
    await this.#serverProcess.stop();
  }
}

function serverFolderIn({ folder }: BenchRunOptions): string {
  return join(folder, 'server');
}

export function laptopIn(dataFolder: string): Laptop {
  const view = inspectFolder(dataFolder).replicas.find(({ scope }) => scope === 'catalogue');
  return { dataFolder, replicaFile: must(view, 'a synced catalogue').file };
}
