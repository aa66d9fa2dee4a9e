import { fork } from 'node:child_process';
import { inspect } from 'node:util';
import { must } from '../shared/domain/assert.ts';
import { TallymanError, toWireError, type WireError, fromWireError } from '../shared/errors.ts';

/**
 * Measurements run in processes of their own, each made for one of them: then the most memory that the system saw is
 * theirs alone, and nothing that ran before has warmed or filled them.
 */
type FromProcess<T> =
  { kind: 'value'; value: T; rssMb: number } | { kind: 'failure'; error: WireError };

export interface ProcessOptions {
  /** Where Node writes a CPU profile per thread; null for none. */
  profileFolder: string | null;
  signal: AbortSignal;
}

export interface Measured<T> {
  value: T;
  rssMb: number;
  /** From the start of the process to its answer, as its starter saw it. */
  wallSeconds: number;
}

export interface BenchProcess<T> extends Measured<T> {
  /** Ends a process that stays, and resolves once it has gone. */
  stop: () => Promise<void>;
}

/** Starts a process, gives it its input and waits for its first answer. It is killed when the signal is aborted. */
export async function startProcess<TInput, TValue>(
  entry: URL,
  input: TInput,
  { profileFolder, signal }: ProcessOptions,
): Promise<BenchProcess<TValue>> {
  signal.throwIfAborted();
  const startedAt = performance.now();
  const child = fork(entry, [], {
    serialization: 'advanced',
    execArgv: profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = (): boolean => child.kill('SIGKILL');
  signal.addEventListener('abort', kill);
  void exited.then(() => signal.removeEventListener('abort', kill));
  const answer = await new Promise<FromProcess<TValue>>((resolve, reject) => {
    child.once('message', (message) => resolve(message as FromProcess<TValue>));
    child.once('error', reject);
    child.once('exit', (code, by) =>
      reject(new Error(`${entry.pathname} ended without an answer: ${by ?? code}`)),
    );
    child.send({ input });
  });
  const wallSeconds = (performance.now() - startedAt) / 1_000;
  const stop = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    await exited;
  };
  if (answer.kind === 'failure') {
    await stop();
    throw fromWireError(answer.error);
  }
  return { value: answer.value, rssMb: answer.rssMb, wallSeconds, stop };
}

/** A process that ends when it has answered. */
export async function runProcess<TInput, TValue>(
  entry: URL,
  input: TInput,
  options: ProcessOptions,
): Promise<Measured<TValue>> {
  const { stop, ...measured } = await startProcess<TInput, TValue>(entry, input, options);
  await stop();
  return measured;
}

/**
 * The other side: does `work` once with the input that the starter sends. Ends with the starter, however that ends;
 * `onEnd` is for a process that stays after its answer.
 */
export function serveProcess<TInput, TValue>(
  work: (input: TInput) => Promise<TValue>,
  onEnd: () => Promise<void> = async () => undefined,
): void {
  const send = must(
    process.send?.bind(process),
    'a starter: benchmarks start this file themselves',
  );
  // Ctrl+C reaches the whole group of processes; the starter decides what it means.
  process.on('SIGINT', () => undefined);
  process.once('disconnect', () => {
    onEnd().then(
      () => process.exit(),
      () => process.exit(1),
    );
  });
  process.once('message', ({ input }: { input: TInput }) => {
    work(input).then(
      (value) => {
        send({ kind: 'value', value, rssMb: peakRssMb() } satisfies FromProcess<TValue>);
      },
      (error: unknown) => {
        // With codes and causes: what is rare is to be understood the first time.
        if (!(error instanceof TallymanError) || error.code === 'INTERNAL') {
          process.stderr.write(`${inspect(error)}\n`);
        }
        send({ kind: 'failure', error: toWireError(error) } satisfies FromProcess<TValue>);
      },
    );
  });
}

/** All threads of the process together, as the operating system counts it. */
function peakRssMb(): number {
  return process.resourceUsage().maxRSS / 1_024;
}
