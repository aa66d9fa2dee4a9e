import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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

  private constructor(options: BenchRunOptions, server: BenchProcess<ServerOutput>) {
    this.server = server.value;
    this.seed = options.catalogue.seed;
    this.#options = options;
    this.#serverProcess = server;
  }

  static async start(options: BenchRunOptions): Promise<BenchRun> {
    const server = await startProcess<ServerInput, ServerOutput>(
      new URL('processes/server-process.ts', import.meta.url),
      { dataDir: join(options.folder, 'server'), catalogue: options.catalogue },
      options,
    );
    return new BenchRun(options, server);
  }

  /** Products on the server: lines of a real file that the import refused are not among them. */
  get rows(): number {
    return this.server.imported;
  }

  /** Runs `processes/<name>-process.ts`. */
  process<TInput, TValue>(name: string, input: TInput): Promise<Measured<TValue>> {
    const entry = new URL(`processes/${name}-process.ts`, import.meta.url);
    return runProcess<TInput, TValue>(entry, input, this.#options);
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
    await this.#serverProcess.stop();
  }
}

export function laptopIn(dataFolder: string): Laptop {
  const view = inspectFolder(dataFolder).replicas.find(({ scope }) => scope === 'catalogue');
  return { dataFolder, replicaFile: must(view, 'a synced catalogue').file };
}
