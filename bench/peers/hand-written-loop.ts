import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { sqliteVersion } from '../../main/store/sqlite.ts';
import type { LoopAnswer, LoopInput, LoopRequest } from './hand-written-worker.ts';
import type { Peer, PeerClient, PeerContext } from './peer.ts';

/**
 * No engine: what a careful developer writes for this one table. It goes on where it was cut off, and has no digests, no
 * tombstones, no conflicts and no work to send.
 */
export const peer: Peer = {
  version: `SQLite ${sqliteVersion()}`,
  durable: true,
  hasTextIndex: true,
  open: async ({ folder, sourceUrl }: PeerContext): Promise<PeerClient> => {
    const workerData: LoopInput = { file: join(folder, 'hand-written.db'), sourceUrl };
    const worker = new Worker(new URL('hand-written-worker.ts', import.meta.url), { workerData });
    const waiting = new Map<number, PromiseWithResolvers<unknown>>();
    worker.on('message', ({ number, value, error }: LoopAnswer) => {
      const { resolve, reject } = waiting.get(number) ?? Promise.withResolvers();
      waiting.delete(number);
      if (error === null) resolve(value);
      else reject(new Error(error));
    });
    worker.on('error', (error) => {
      for (const { reject } of waiting.values()) reject(error);
    });
    let asked = 0;
    const ask = (what: { ask: 'sync' | 'count' | 'close' } | { ask: 'nameOf'; id: string }) => {
      asked += 1;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(asked, answer);
      worker.postMessage({ number: asked, ...what } satisfies LoopRequest);
      return answer.promise;
    };
    // An app that syncs has its worker running by then.
    await ask({ ask: 'count' });
    return {
      sync: async () => {
        await ask({ ask: 'sync' });
      },
      count: async () => (await ask({ ask: 'count' })) as number,
      nameOf: async (id) => (await ask({ ask: 'nameOf', id })) as string | undefined,
      close: async () => {
        await ask({ ask: 'close' });
        await worker.terminate();
      },
    };
  },
};
