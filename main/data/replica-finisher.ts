import { parentPort } from 'node:worker_threads';
import { must } from '../../shared/domain/assert.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import { finishReplicaFile } from '../sync/finish-replica-file.ts';
import { serveRequests } from './worker-rpc.ts';

/** What the finisher does; its input survives structured cloning. */
export interface FinisherMethods {
  finish: (input: { file: string; scope: Scope }, signal: AbortSignal) => Promise<void>;
}

const methods: FinisherMethods = {
  finish: ({ file, scope }, signal) => finishReplicaFile(file, scope, signal),
};

/** A thread that lives for one replica: its indexes take seconds each, and nobody has to wait for them. Entry only. */
serveRequests(must(parentPort, 'the finisher runs as a worker thread'), methods);
