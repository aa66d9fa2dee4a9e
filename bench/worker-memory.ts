import { BroadcastChannel } from 'node:worker_threads';

/** The process is measured as a whole by the system; what the data worker's heap takes of it only the worker can tell. */
const SAMPLE_MS = 50;
const BYTES_PER_MB = 1024 * 1024;
/** Channels end at the process, and a process of the benchmark has one data worker. */
const CHANNEL = 'data worker memory';

/** Listens to a data worker that was started by this entry. */
export class WorkerMemory {
  readonly dataWorkerEntry = new URL('processes/measured-data-worker.ts', import.meta.url);
  readonly #channel = new BroadcastChannel(CHANNEL);
  #peakBytes = 0;

  constructor() {
    this.#channel.addEventListener('message', (event) => {
      const { data } = event as unknown as { data: number };
      this.#peakBytes = Math.max(this.#peakBytes, data);
    });
    this.#channel.unref();
  }

  peakMb(): number {
    return this.#peakBytes / BYTES_PER_MB;
  }

  close(): void {
    this.#channel.close();
  }
}

/** The worker's side: tells of every new peak of its heap and buffers. */
export function reportMemory(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.unref();
  let peakBytes = 0;
  setInterval(() => {
    const { heapUsed, external } = process.memoryUsage();
    if (heapUsed + external <= peakBytes) return;
    peakBytes = heapUsed + external;
    channel.postMessage(peakBytes);
  }, SAMPLE_MS).unref();
}
