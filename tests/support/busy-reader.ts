import { parentPort } from 'node:worker_threads';
import { serveRequests } from '../../main/data/worker-rpc.ts';
import { must } from '../../shared/domain/assert.ts';

/** Long enough that everything a test asks meanwhile has arrived. */
const BUSY_MS = 300;

const started: string[] = [];
const stayBusy = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_MS);
};

/** A reader thread that is busy at once with a scan or a count, and says which searches it ever started. */
serveRequests(must(parentPort, 'runs as a worker thread'), {
  scan: stayBusy,
  count: stayBusy,
  search: ({ text }: { text: string }) => {
    started.push(text);
    return { items: [], nextCursor: started.join(' '), ms: 0 };
  },
});
