import { existsSync, readFileSync } from 'node:fs';
import { BroadcastChannel } from 'node:worker_threads';

/** The process is measured as a whole by the system; what the data worker's heap takes of it only the worker can tell. */
const SAMPLE_MS = 50;
const BYTES_PER_KB = 1024;
const BYTES_PER_MB = BYTES_PER_KB * BYTES_PER_KB;
/** Channels end at the process, and a process of the benchmark has one data worker. */
const CHANNEL = 'data worker memory';
const STATUS_FILE = '/proc/self/status';

interface Peaks {
  /** Of the data worker: what JavaScript has reserved for it, and buffers outside of that. */
  worker: number;
  /**
   * Of the whole process: memory that is no file's. SQLite's page caches and its sorting are in it, of which no thread can
   * say how much is its own. 0 where the system does not tell.
   */
  anonymous: number;
}

/** Listens to a data worker that was started by this entry. */
export class WorkerMemory {
  readonly dataWorkerEntry = new URL('processes/measured-data-worker.ts', import.meta.url);
  readonly #channel = new BroadcastChannel(CHANNEL);
  #peaks: Peaks = { worker: 0, anonymous: 0 };

  constructor() {
    this.#channel.addEventListener('message', (event) => {
      this.#peaks = (event as unknown as { data: Peaks }).data;
    });
    this.#channel.unref();
  }

  peakMb(): number {
    return this.#peaks.worker / BYTES_PER_MB;
  }

  /** Ends with the megabytes that the whole process took more than now, at most: SQLite's own and all threads included. */
  watchProcess(): () => number {
    const before = anonymousBytes();
    return () => Math.max(0, this.#peaks.anonymous - before) / BYTES_PER_MB;
  }

  close(): void {
    this.#channel.close();
  }
}

/** The worker's side: tells of every new peak. */
export function reportMemory(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.unref();
  let peaks: Peaks = { worker: 0, anonymous: 0 };
  setInterval(() => {
    const { heapTotal, external } = process.memoryUsage();
    const next = {
      worker: Math.max(peaks.worker, heapTotal + external),
      anonymous: Math.max(peaks.anonymous, anonymousBytes()),
    };
    if (next.worker === peaks.worker && next.anonymous === peaks.anonymous) return;
    peaks = next;
    channel.postMessage(peaks);
  }, SAMPLE_MS).unref();
}

function anonymousBytes(): number {
  if (!existsSync(STATUS_FILE)) return 0;
  const found = /^RssAnon:\s+(?<kilobytes>\d+) kB$/m.exec(readFileSync(STATUS_FILE, 'utf8'));
  return Number(found?.groups?.['kilobytes'] ?? 0) * BYTES_PER_KB;
}
