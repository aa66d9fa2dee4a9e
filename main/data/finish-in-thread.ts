import { Worker } from 'node:worker_threads';
import type { FinishReplica } from '../sync/finish-replica-file.ts';
import type { FinisherMethods } from './replica-finisher.ts';
import { createRpcClient } from './worker-rpc.ts';

/** Finishes each replica in a thread of its own, which is gone when this settles, however it does: so is its connection. */
export function finishInThread(entry: URL): FinishReplica {
  return async (file, scope, signal) => {
    const worker = new Worker(entry);
    try {
      await createRpcClient<FinisherMethods>(worker).call('finish', { file, scope }, signal);
    } finally {
      await worker.terminate();
    }
  };
}
