import { type ChildProcess, fork } from 'node:child_process';
import type { PeerReport } from './peer.ts';
import type { FromPeer, PeerInput } from './peer-process.ts';

/** Ended after that: whoever waits for a first sync has gone home. */
export const PEER_SECONDS_MAX = 600;
/** What V8 may hold. Some engines keep every row in memory, and the machine has to hold the source as well. */
export const PEER_HEAP_MB = 6_144;
const ERROR_TAIL = 2_000;

export interface PeerLimits {
  seconds: number;
  heapMb: number;
  signal: AbortSignal;
}

/** One peer in a process of its own, which is gone when this resolves. Says what it did by then if it does not finish. */
export async function runPeer(input: PeerInput, limits: PeerLimits): Promise<PeerReport> {
  limits.signal.throwIfAborted();
  const child = fork(new URL('peer-process.ts', import.meta.url), [], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${limits.heapMb}`, '--no-warnings'],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const report: PeerReport = {
    name: input.name,
    version: '',
    durable: false,
    hasTextIndex: false,
    runs: {},
    ended: 'ended without a word',
  };
  child.on('message', (message: FromPeer) => {
    note(report, message);
    if (message.kind === 'end' || message.kind === 'failure') child.disconnect();
  });
  child.send(input);
  await untilGone(child, report, limits);
  limits.signal.throwIfAborted();
  return report;
}

function note(report: PeerReport, message: FromPeer): void {
  if (message.kind === 'about') Object.assign(report, message.about);
  else if (message.kind === 'failure') report.ended = message.message;
  else if (message.kind === 'end') report.ended = null;
  else Object.assign(report.runs, { [message.kind]: message.run });
}

async function untilGone(
  child: ChildProcess,
  report: PeerReport,
  { seconds, heapMb, signal }: PeerLimits,
): Promise<void> {
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-ERROR_TAIL);
  });
  const kill = (): boolean => child.kill('SIGKILL');
  const tooLate = setTimeout(() => {
    Object.assign(report, { ended: `did not finish within ${seconds} s` });
    kill();
  }, seconds * 1_000);
  signal.addEventListener('abort', kill);
  try {
    await new Promise<void>((resolve) => {
      child.once('exit', (code, by) => {
        if (/heap out of memory/.test(errors) || by === 'SIGABRT') {
          Object.assign(report, { ended: `needs more than ${heapMb} MB of heap` });
        } else if (code !== 0 && report.ended === 'ended without a word') {
          Object.assign(report, { ended: errors.trim().split('\n').at(-1) || `${by ?? code}` });
        }
        resolve();
      });
      child.once('error', (error) => {
        Object.assign(report, { ended: error.message });
        resolve();
      });
    });
  } finally {
    clearTimeout(tooLate);
    signal.removeEventListener('abort', kill);
  }
}
