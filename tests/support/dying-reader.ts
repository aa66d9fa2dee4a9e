import { parentPort } from 'node:worker_threads';
import { serveRequests } from '../../main/data/worker-rpc.ts';
import { createLocalReads } from '../../main/store/local-reads.ts';
import { must } from '../../shared/domain/assert.ts';

/** A reader thread that ends when it is asked for the code `die`. */
serveRequests(must(parentPort, 'runs as a worker thread'), {
  ...createLocalReads(() => 0),
  scan: (code: string) => {
    if (code === 'die') process.exit(1);
    return null;
  },
});
