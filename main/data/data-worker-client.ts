import { Worker } from 'node:worker_threads';
import { fromWireError } from '../../shared/errors.ts';
import type {
  DataWorkerEvent,
  DataWorkerMethods,
  DataWorkerStart,
} from './data-worker-contract.ts';
import { createRpcClient, type RpcClient } from './worker-rpc.ts';

export interface DataWorkerClient {
  call: RpcClient<DataWorkerMethods>['call'];
  /** Ends the thread. Call `close` first to end it between two commits; without, the next start recovers. */
  terminate: () => Promise<void>;
}

/**
 * Starts the data worker and resolves once it owns the folder. Rejects with the reason if it cannot:
 * DATA_FOLDER_IN_USE, STORE_TOO_NEW, SQLITE_TOO_OLD …
 */
export async function startDataWorker(options: {
  entry: URL;
  start: DataWorkerStart;
  onEvent: (event: DataWorkerEvent) => void;
  /** The thread ended without being asked to. */
  onDeath: (cause: unknown) => void;
}): Promise<DataWorkerClient> {
  const worker = new Worker(options.entry, { workerData: options.start });
  let closing = false;
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (message: { kind: string; event?: DataWorkerEvent }) => {
      if (message.kind !== 'event' || !message.event) return;
      if (message.event.kind === 'ready') resolve();
      if (message.event.kind === 'failed') reject(fromWireError(message.event.error));
    });
  });
  const client = createRpcClient<DataWorkerMethods, DataWorkerEvent>(worker, options.onEvent);
  await ready;
  let cause: unknown;
  worker.on('error', (error) => {
    cause = error;
  });
  worker.on('exit', () => {
    if (!closing) options.onDeath(cause);
  });
  return {
    call: client.call,
    terminate: async () => {
      closing = true;
      await worker.terminate();
    },
  };
}
