import { parentPort } from 'node:worker_threads';
import { must } from '../../shared/domain/assert.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import { verifyOnDisk } from '../store/backup/verified-copy.ts';
import { finishReplicaFile } from '../sync/finish-replica-file.ts';
import { foldLogOf } from '../sync/fold-logs.ts';
import { serveRequests } from './worker-rpc.ts';

/** What the finisher does; its inputs survive structured cloning. */
export interface FinisherMethods {
  finish: (input: { file: string; scope: Scope }, signal: AbortSignal) => Promise<void>;
  /** Of a replica that others have open. */
  foldLog: (file: string) => void;
  /** A copy of `work.db`. */
  verifyCopy: (file: string) => void;
}

const methods: FinisherMethods = {
  finish: ({ file, scope }, signal) => finishReplicaFile(file, scope, signal),
  foldLog: foldLogOf,
  verifyCopy: verifyOnDisk,
};

/**
 * A thread that lives for one file: the indexes of a replica take seconds each, and so does reading through a copy of a
 * large `work.db`, and nobody has to wait for that. Entry only.
 */
serveRequests(must(parentPort, 'the finisher runs as a worker thread'), methods);
