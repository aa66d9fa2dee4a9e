import { setTimeout as delay } from 'node:timers/promises';
import { TallymanError } from '../../shared/errors.ts';
import { type DataWorkerClient, startDataWorker } from '../data/data-worker-client.ts';

type StartOptions = Parameters<typeof startDataWorker>[0];

/** A worker that dies at once each time is started again ever more slowly, up to this. */
const RESTART_WAIT_MAX_MS = 30_000;
const RESTART_WAIT_FIRST_MS = 500;
/** A worker that has lived this long was well: the next death waits little again. */
const HEALTHY_MS = 60_000;

export interface DataWorkerKeeper {
  /** The very first worker is at work. Rejects with the reason if it cannot be. */
  started: Promise<unknown>;
  call: DataWorkerClient['call'];
  /** Another worker in the place of this one, which ends between two commits. What is called meanwhile waits for it. */
  renew: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * Keeps a data worker alive: one that dies is started again, and goes on from what it had committed. Calls made before it
 * has started, or meanwhile, wait for it. It tells of a run that it goes on with before anybody has asked it anything.
 */
export function keepDataWorker(options: {
  now: () => number;
  start: () => Omit<StartOptions, 'onDeath'>;
  onRestarted: () => void;
  onDeath: (cause: unknown) => void;
}): DataWorkerKeeper {
  let closed = false;
  let failures = 0;
  let startedAt = options.now();
  const start = (): Promise<DataWorkerClient> => {
    startedAt = options.now();
    return startDataWorker({ ...options.start(), onDeath: restart });
  };
  const restart = (cause: unknown): void => {
    if (closed) return;
    options.onDeath(cause);
    failures = options.now() - startedAt > HEALTHY_MS ? 1 : failures + 1;
    const wait = Math.min(RESTART_WAIT_FIRST_MS * 2 ** (failures - 1), RESTART_WAIT_MAX_MS);
    client = delay(wait).then(start);
    client.then(options.onRestarted, restart);
  };

  const end = async (): Promise<void> => {
    const current = await client.catch(() => null);
    // A dead worker has nothing left to close.
    await current?.call('close', null).catch(() => undefined);
    await current?.terminate();
  };

  let client = start();
  return {
    started: client,
    call: async (method, input, signal) => {
      if (closed) throw new TallymanError('CANCELLED', 'The app is closing.');
      return (await client).call(method, input, signal);
    },
    renew: async () => {
      client = end().then(start);
      client.then(options.onRestarted, restart);
      await client;
    },
    close: async () => {
      closed = true;
      await end();
    },
  };
}
