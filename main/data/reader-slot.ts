import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { TallymanError } from '../../shared/errors.ts';
import type { ReadFiles } from '../store/catalogue/replica-reader.ts';
import type { LocalReadMethods } from '../store/local-reads.ts';
import { createRpcClient, type RpcClient } from './worker-rpc.ts';

/** A reader that dies again and again is started ever more slowly, up to this. */
const RESTART_WAIT_MAX_MS = 30_000;
const RESTART_WAIT_FIRST_MS = 100;

type Client = RpcClient<LocalReadMethods>;

/**
 * One reader thread, kept alive: if it dies another takes its place and opens the same files. Requests made meanwhile
 * wait for the new one.
 */
export class ReaderSlot {
  readonly #entry: URL;
  readonly #closing = new AbortController();
  #files: ReadFiles | null;
  #worker: Worker | null = null;
  #client: Promise<Client>;
  /** Of the thread that runs now. */
  #started: Client | null = null;
  /** Whether a thread that took another's place could open the files. */
  #opened: Promise<void> = Promise.resolve();
  #waiting = 0;
  /** Deaths since a request was last answered. */
  #deaths = 0;

  /** `files` are opened before the first request is served. */
  constructor(entry: URL, files: ReadFiles | null = null) {
    this.#entry = entry;
    this.#files = files;
    this.#client = Promise.resolve(this.#start());
  }

  /** Requests that wait for an answer, and cancelled ones that the thread may be at work on. */
  get load(): number {
    return Math.max(this.#waiting, this.#started?.pending() ?? 0);
  }

  async openFiles(files: ReadFiles): Promise<void> {
    this.#files = files;
    try {
      const client = await this.#client;
      await client.call('openFiles', files);
      this.#opened = Promise.resolve();
    } catch (error) {
      if (!(error instanceof TallymanError) || error.code !== 'WORKER_DIED') throw error;
      // The thread that takes its place opens the same files by itself.
      await this.run(() => Promise.resolve());
    }
  }

  async run<T>(request: (client: Client) => Promise<T>): Promise<T> {
    this.#waiting += 1;
    try {
      const client = await this.#client;
      await this.#opened;
      const result = await request(client);
      this.#deaths = 0;
      return result;
    } finally {
      this.#waiting -= 1;
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#worker?.terminate();
  }

  #start(): Client {
    const worker = new Worker(this.#entry);
    this.#worker = worker;
    const client = createRpcClient<LocalReadMethods>(worker);
    this.#started = client;
    // The client rejects what was under way; here only the next thread matters.
    worker.on('error', () => undefined);
    worker.once('exit', () => this.#replace());
    if (this.#files) {
      this.#opened = client.call('openFiles', this.#files);
      // Requests see why the files cannot be read; without any it is no news.
      this.#opened.catch(() => undefined);
    }
    return client;
  }

  #replace(): void {
    if (this.#closing.signal.aborted) return;
    const wait = Math.min(RESTART_WAIT_FIRST_MS * 2 ** this.#deaths, RESTART_WAIT_MAX_MS);
    this.#deaths += 1;
    this.#client = delay(wait, undefined, { signal: this.#closing.signal }).then(
      () => this.#start(),
      () => {
        throw new TallymanError('CANCELLED', 'The app is closing.');
      },
    );
    // Whoever waits for the client sees the rejection; without anyone it is no news.
    this.#client.catch(() => undefined);
  }
}
