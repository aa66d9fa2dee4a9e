import { parentPort } from 'node:worker_threads';
import { must } from '../../shared/domain/assert.ts';
import { createLocalReads } from '../store/local-reads.ts';
import { serveRequests } from './worker-rpc.ts';

/** A thread that reads what is on this laptop. Entry only. */
serveRequests(
  must(parentPort, 'a reader runs as a worker thread'),
  createLocalReads(() => performance.now()),
);
