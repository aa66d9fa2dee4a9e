import { Worker } from 'node:worker_threads';
import type { VerifyCopy } from '../store/backup/verified-copy.ts';
import type { FinishReplica } from '../sync/finish-replica-file.ts';
import type { FinisherMethods } from './replica-finisher.ts';
import { createRpcClient, type RpcClient } from './worker-rpc.ts';

/** Finishes each replica in a thread of its own. */
export function finishInThread(entry: URL): FinishReplica {
  return (file, scope, signal) =>
    inThread(entry, (thread) => thread.call('finish', { file, scope }, signal));
}

/** Reads through each copy in a thread of its own, while people go on writing. */
export function verifyInThread(entry: URL): VerifyCopy {
  return (file) => inThread(entry, (thread) => thread.call('verifyCopy', file));
}

/** The thread is gone when this settles, however it does: so is its connection. */
async function inThread(
  entry: URL,
  work: (thread: RpcClient<FinisherMethods>) => Promise<void>,
): Promise<void> {
  const worker = new Worker(entry);
  try {
    await work(createRpcClient<FinisherMethods>(worker));
  } finally {
    await worker.terminate();
  }
}
