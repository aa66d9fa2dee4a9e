import type { MessagePort, Worker } from 'node:worker_threads';
import { fromWireError, TallymanError, toWireError, type WireError } from '../../shared/errors.ts';

/**
 * Numbered requests, cancellation and events between a thread and its worker. Errors cross with code and cause.
 * An answer to an unknown number is a bug and throws.
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

/** Serves an object of methods on a worker's port, each called with its input and a signal for cancellation. */
export function serveRequests(port: MessagePort, methods: object): void {
  const running = new Map<number, AbortController>();
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'cancel') {
      running.get(message.number)?.abort();
      return;
    }
    const { number, method, input } = message;
    const controller = new AbortController();
    running.set(number, controller);
    const served = Object.hasOwn(methods, method)
      ? (methods as Record<string, Method>)[method]
      : undefined;
    void answer(served, input, controller.signal).then((outcome) => {
      running.delete(number);
      port.postMessage({ ...outcome, number } satisfies FromWorker);
    });
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
  /** Requests that wait for an answer: the measure of load. */
  pending: () => number;
}

/** The other end. When the worker dies every request under way fails with WORKER_DIED. */
export function createRpcClient<TMethods, TEvent = never>(
  worker: Worker,
  onEvent?: (event: TEvent) => void,
): RpcClient<TMethods> {
  let lastNumber = 0;
  let death: TallymanError | null = null;
  const waiting = new Map<
    number,
    { resolve: (value: never) => void; reject: (error: unknown) => void }
  >();
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'event') {
      onEvent?.(message.event as TEvent);
      return;
    }
    const request = waiting.get(message.number);
    // A cancelled request was settled at once; its late answer is dropped.
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
  };
  worker.on('error', die);
  worker.on('exit', (code) => die(new Error(`worker exit code ${code}`)));

  return {
    pending: () => waiting.size,
    call: (method, input, signal) =>
      new Promise((resolve, reject) => {
        if (death) return reject(death);
        if (signal?.aborted) return reject(cancelled(signal));
        if (waiting.size >= REQUESTS_MAX) {
          return reject(new TallymanError('SERVER_BUSY', 'Too many requests to a worker at once.'));
        }
        const number = ++lastNumber;
        const onAbort = (): void => {
          waiting.delete(number);
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

function cancelled(signal: AbortSignal | undefined): TallymanError {
  return new TallymanError('CANCELLED', 'Cancelled.', { cause: signal?.reason });
}
