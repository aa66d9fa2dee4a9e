import { Worker } from 'node:worker_threads';
import type { FinisherMethods } from './replica-finisher.ts';
import { createRpcClient, type RpcClient } from './worker-rpc.ts';

/** A first sync folds every second; between syncs nobody needs the thread. */
const IDLE_MS = 10_000;

interface Thread {
  worker: Worker;
  client: RpcClient<FinisherMethods>;
}

/** Folds logs of replicas in one thread, which is started when there is work and let go when there has been none. */
export function foldInThread(
  entry: URL,
  setTimer: (ms: number, callback: () => void) => () => void,
): (file: string) => Promise<void> {
  let thread: Thread | null = null;
  let stopTimer = (): void => undefined;
  const start = (): Thread => {
    const worker = new Worker(entry);
    // It must not keep a thread alive that has nothing else to do.
    worker.unref();
    const started = { worker, client: createRpcClient<FinisherMethods>(worker) };
    worker.once('exit', () => {
      if (thread === started) thread = null;
    });
    // The client fails what was under way.
    worker.on('error', () => undefined);
    return started;
  };
  return async (file) => {
    stopTimer();
    thread ??= start();
    const { worker, client } = thread;
    try {
      await client.call('foldLog', file);
    } finally {
      stopTimer();
      stopTimer = setTimer(IDLE_MS, () => {
        if (client.pending() > 0) return;
        thread = null;
        void worker.terminate();
      });
    }
  };
}
