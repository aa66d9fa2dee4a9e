import { MessageChannel, type Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TallymanError } from '../../shared/errors.ts';
import { createRpcClient, emitEvent, type RpcClient, serveRequests } from './worker-rpc.ts';

interface Methods {
  double: (input: number) => number;
  /** Keeps the thread busy for so many milliseconds. */
  work: (ms: number) => void;
  abortNext: (at: number) => void;
  fail: (input: null) => never;
  crash: (input: null) => never;
  wait: (input: null, signal: AbortSignal) => Promise<string>;
}

let channel: MessageChannel;
let client: RpcClient<Methods>;
let aborted: string[];
let doubled: number[];
let abortNext: (at: number) => void;
const events: unknown[] = [];

beforeEach(() => {
  channel = new MessageChannel();
  aborted = [];
  doubled = [];
  serveRequests(channel.port2, {
    double: (input: number) => {
      doubled.push(input);
      return input * 2;
    },
    work: (ms: number) => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    },
    abortNext: (at: number) => abortNext(at),
    fail: () => {
      throw new TallymanError('DISK_FULL', 'full', { cause: new Error('ENOSPC') });
    },
    crash: () => {
      throw new TypeError('a bug');
    },
    wait: (_: null, signal: AbortSignal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted.push('wait');
          resolve('late');
        });
      }),
  });
  client = createRpcClient<Methods>(channel.port1 as unknown as Worker, (event) =>
    events.push(event),
  );
});
afterEach(() => channel.port1.close());

test('answers find their requests', async () => {
  const answers = await Promise.all([1, 2, 3].map((input) => client.call('double', input)));
  expect(answers).toEqual([2, 4, 6]);
  expect(client.pending()).toBe(0);
});

test('errors cross with code and cause, and a bug without its stack', async () => {
  await expect(client.call('fail', null)).rejects.toMatchObject({
    code: 'DISK_FULL',
    cause: { message: 'ENOSPC' },
  });
  await expect(client.call('crash', null)).rejects.toMatchObject({
    code: 'INTERNAL',
    message: 'a bug',
  });
});

test('a method that is not served is a bug, even one that every object has', async () => {
  const anything = client as unknown as RpcClient<{ toString: (input: null) => string }>;
  await expect(anything.call('toString', null)).rejects.toMatchObject({ code: 'INTERNAL' });
});

test('cancelling settles at once and tells the other side', async () => {
  const controller = new AbortController();
  const call = client.call('wait', null, controller.signal);
  // Answered later than the other one was started.
  await client.call('double', 1);
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(client.pending()).toBe(1);
  await client.call('double', 1);
  expect(aborted).toEqual(['wait']);
  expect(client.pending()).toBe(0);
});

test('what is cancelled while another request is at work never starts', async () => {
  const first = client.call('work', 50);
  const keys = Array.from({ length: 20 }, (_, key) => {
    const controller = new AbortController();
    const call = client.call('double', key, controller.signal);
    // Each key press cancels what the one before asked for.
    if (key < 19) controller.abort();
    return call;
  });
  const settled = await Promise.allSettled(keys);
  await first;
  expect(settled.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 19 }, () => 'rejected'),
    'fulfilled',
  ]);
  expect(doubled).toEqual([19]);
  expect(client.pending()).toBe(0);
});

test('what is cancelled between two requests that wait never starts either', async () => {
  const controllers = [1, 2, 3].map(() => new AbortController());
  const calls = controllers.map(({ signal }, at) => client.call('abortNext', at, signal));
  abortNext = (at) => controllers[at + 1]?.abort();
  const settled = await Promise.allSettled(calls);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a worker that dies fails what waits for it and what comes after', async () => {
  const call = client.call('wait', null);
  (channel.port1 as unknown as { emit: (name: string, code: number) => void }).emit('exit', 1);
  await expect(call).rejects.toMatchObject({ code: 'WORKER_DIED' });
  await expect(client.call('double', 1)).rejects.toMatchObject({ code: 'WORKER_DIED' });
});

test('events arrive unasked', async () => {
  emitEvent(channel.port2, { news: 1 });
  await client.call('double', 1);
  expect(events).toContainEqual({ news: 1 });
});
