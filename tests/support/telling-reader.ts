import { parentPort, threadId } from 'node:worker_threads';
import { serveRequests } from '../../main/data/worker-rpc.ts';
import { createLocalReads } from '../../main/store/local-reads.ts';
import { must } from '../../shared/domain/assert.ts';

const reads = createLocalReads(() => 0);

/** A reader thread whose number is the brand of all that it finds. */
serveRequests(must(parentPort, 'runs as a worker thread'), {
  ...reads,
  search: async (...input: Parameters<typeof reads.search>) => {
    const result = await reads.search(...input);
    return { ...result, items: result.items.map((item) => ({ ...item, brand: `${threadId}` })) };
  },
});
