import type { MessagePort, Worker } from 'node:worker_threads';
import { fromWireError, TallymanError, toWireError, type WireError } from '../../shared/errors.ts';

/**
 * Numbered requests, cancellation and events between a thread and its worker. Errors cross with code and cause.
 */
type ToWorker =
  | { kind: 'request'; number: number; method: string; input: unknown }
  | { kind: 'cancel'; number: number };

type FromWorker =
  | { kind: 'answer'; number: number; value: unknown }
  | { kind: 'failure'; number: number; error: WireError }
  | { kind: 'event'; event: unknown };

/** Requests under way at once from one client. Far above what screens need; reaching it means a leak. */
const REQUESTS_MAX = 1_000;

type Method = (input: never, signal: AbortSignal) => unknown;

type RequestMessage = Extract<ToWorker, { kind: 'request' }>;

/**
 * Serves an object of methods on a worker's port, each called with its input and a signal for cancellation. Requests start
 * in their order: `at once` as they come, which is for what people do, and whoever asks several things at once finds them
 * in the state in which they were asked; or `one by one`, and what has arrived is read before each start, so that one
 * that was cancelled while an earlier one was at work never starts.
 */
export function serveRequests(
  port: MessagePort,
  methods: object,
  starts: 'at once' | 'one by one' = 'one by one',
): void {
  const waiting = new Map<number, RequestMessage>();
  const running = new Map<number, AbortController>();

  const run = async ({ number, method, input }: RequestMessage): Promise<void> => {
    const controller = new AbortController();
    running.set(number, controller);
    const served = Object.hasOwn(methods, method)
      ? (methods as Record<string, Method>)[method]
      : undefined;
    const outcome = await answer(served, input, controller.signal);
    running.delete(number);
    port.postMessage({ ...outcome, number } satisfies FromWorker);
  };

  const startNext = (): void => {
    const [next] = waiting.values();
    if (!next) return;
    waiting.delete(next.number);
    if (waiting.size > 0) setImmediate(startNext);
    void run(next);
  };

  const cancel = (number: number): void => {
    running.get(number)?.abort();
    if (!waiting.delete(number)) return;
    const error = toWireError(cancelled());
    port.postMessage({ kind: 'failure', number, error } satisfies FromWorker);
  };

  port.on('message', (message: ToWorker) => {
    if (message.kind === 'cancel') cancel(message.number);
    else if (starts === 'at once') void run(message);
    else {
      waiting.set(message.number, message);
      if (waiting.size === 1) setImmediate(startNext);
    }
  });
}

/** Tells the other side something that it did not ask for. */
export function emitEvent(port: MessagePort, event: unknown): void {
  port.postMessage({ kind: 'event', event } satisfies FromWorker);
}

async function answer(
  method: Method | undefined,
  input: unknown,
  signal: AbortSignal,
): Promise<{ kind: 'answer'; value: unknown } | { kind: 'failure'; error: WireError }> {
  try {
    if (!method) throw new Error('unknown method');
    return { kind: 'answer', value: await method(input as never, signal) };
  } catch (error) {
    return { kind: 'failure', error: toWireError(error) };
  }
}

type InputOf<TMethod> = TMethod extends (input: infer TInput, ...rest: never[]) => unknown
  ? TInput
  : never;
type OutputOf<TMethod> = TMethod extends (...rest: never[]) => infer TOutput
  ? Awaited<TOutput>
  : never;

export interface RpcClient<TMethods> {
  call: <TName extends keyof TMethods & string>(
    method: TName,
    input: InputOf<TMethods[TName]>,
    signal?: AbortSignal,
  ) => Promise<OutputOf<TMethods[TName]>>;
  /** Requests that the worker has not answered, cancelled ones included: the measure of its load. */
  pending: () => number;
}

/** The other end. When the worker dies every request under way fails with WORKER_DIED. */
export function createRpcClient<TMethods, TEvent = never>(
  worker: Worker,
  onEvent?: (event: TEvent) => void,
): RpcClient<TMethods> {
  let lastNumber = 0;
  let death: TallymanError | null = null;
  /** Settled here, but the worker may be at work on them still. */
  const abandoned = new Set<number>();
  const waiting = new Map<
    number,
    { resolve: (value: never) => void; reject: (error: unknown) => void }
  >();
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'event') {
      onEvent?.(message.event as TEvent);
      return;
    }
    // A cancelled request was settled at once; its late answer is dropped.
    if (abandoned.delete(message.number)) return;
    const request = waiting.get(message.number);
    if (!request) return;
    waiting.delete(message.number);
    if (message.kind === 'answer') request.resolve(message.value as never);
    else request.reject(fromWireError(message.error));
  });
  const die = (cause: unknown): void => {
    death ??= new TallymanError(
      'WORKER_DIED',
      'A background worker stopped. It is started again.',
      {
        cause,
      },
    );
    for (const request of waiting.values()) request.reject(death);
    waiting.clear();
    abandoned.clear();
  };
  worker.on('error', die);
  worker.on('exit', (code) => die(new Error(`worker exit code ${code}`)));

  return {
    pending: () => waiting.size + abandoned.size,
    call: (method, input, signal) =>
      new Promise((resolve, reject) => {
        if (death) return reject(death);
        if (signal?.aborted) return reject(cancelled(signal));
        if (waiting.size + abandoned.size >= REQUESTS_MAX) {
          return reject(new TallymanError('SERVER_BUSY', 'Too many requests to a worker at once.'));
        }
        const number = ++lastNumber;
        const onAbort = (): void => {
          waiting.delete(number);
          abandoned.add(number);
          worker.postMessage({ kind: 'cancel', number } satisfies ToWorker);
          reject(cancelled(signal));
        };
        const settle =
          <T>(next: (value: T) => void) =>
          (value: T): void => {
            signal?.removeEventListener('abort', onAbort);
            next(value);
          };
        waiting.set(number, { resolve: settle(resolve), reject: settle(reject) });
        signal?.addEventListener('abort', onAbort, { once: true });
        worker.postMessage({ kind: 'request', number, method, input } satisfies ToWorker);
      }),
  };
}

function cancelled(signal?: AbortSignal): TallymanError {
  return new TallymanError('CANCELLED', 'Cancelled.', { cause: signal?.reason });
}
