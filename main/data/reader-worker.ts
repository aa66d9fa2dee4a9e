import { parentPort } from 'node:worker_threads';
import { must } from '../../shared/domain/assert.ts';
import { createCatalogueReads } from '../store/catalogue/catalogue-reads.ts';
import { serveRequests } from './worker-rpc.ts';

/** A thread that reads the replicas. Entry only. */
serveRequests(
  must(parentPort, 'a reader runs as a worker thread'),
  createCatalogueReads(() => performance.now()),
);
