import { jsonLine, type Measurement, rounded } from '../measurement.ts';
import type { PeerReport, PeerRun, PeerRuns } from './peer.ts';

/** What a peer did not do, in the place of its measurement. */
export interface Unfinished {
  name: string;
  rows: number;
  unfinished: string;
}

export type PeerLine = Measurement | Unfinished;

const RUN_NAMES = {
  firstSync: 'first-sync',
  changed1000: 'changed-1000-of-n',
  nothingChanged: 'nothing-changed',
} as const;
type RunName = keyof typeof RUN_NAMES;

const MS_PER_SECOND = 1_000;
const BYTES_PER_MB = 1_000_000;

export interface LineContext {
  rows: number;
  changes: number;
  heapMb: number;
  /** The raw limit's own runs. */
  limits: PeerReport['runs'];
}

/** One line for each of the three works, whether it was done or not. */
export function peerLines(report: PeerReport, context: LineContext): PeerLine[] {
  return (Object.keys(RUN_NAMES) as RunName[]).map((runName) => {
    const name = `peer:${report.name}:${RUN_NAMES[runName]}`;
    const run = report.runs[runName];
    const limit = context.limits[runName];
    if (!run || !limit) {
      const unfinished = report.ended ?? 'there is no limit to compare it with';
      return { name, rows: context.rows, unfinished };
    }
    return {
      name,
      rows: context.rows,
      ...times(run, limit),
      ratio: run.seconds / limit.seconds,
      rssMb: run.rssMb,
      details: {
        cpuSeconds: run.cpuSeconds,
        limitCpuSeconds: limit.cpuSeconds,
        longestBlockMs: run.longestBlockMs,
        bytesReceived: run.bytesReceived,
        durable: Number(report.durable),
        hasTextIndex: Number(report.hasTextIndex),
        heapLimitMb: context.heapMb,
        ...(runName === 'changed1000' ? { changes: context.changes } : {}),
      },
    };
  });
}

function times(
  run: PeerRun | PeerRuns,
  limit: PeerRun,
): Pick<Measurement, 'seconds' | 'p50ms' | 'p95ms' | 'limit'> {
  if (!('p95Seconds' in run)) return { seconds: run.seconds, limit: limit.seconds };
  return {
    p50ms: run.seconds * MS_PER_SECOND,
    p95ms: run.p95Seconds * MS_PER_SECOND,
    limit: limit.seconds * MS_PER_SECOND,
  };
}

export function peerJsonLine(line: PeerLine): string {
  return 'unfinished' in line ? JSON.stringify(line) : jsonLine(line);
}

const WIDTHS = [44, 18, 9, 9, 14, 9, 12] as const;

export function peerTableHead(): string {
  return row(['measurement', 'time', '× limit', 'CPU', 'longest block', 'RSS', 'received']);
}

export function peerTableLine(line: PeerLine): string {
  if ('unfinished' in line) return row([line.name, line.unfinished]);
  const { name, seconds, p50ms = 0, p95ms = 0, ratio, rssMb, details } = line;
  const block = details['longestBlockMs'] ?? details['mainThreadMaxMs'];
  const bytes = details['bytesReceived'];
  const cpu = details['cpuSeconds'];
  return row([
    name,
    seconds === undefined ? `${rounded(p50ms)} / ${rounded(p95ms)} ms` : `${rounded(seconds)} s`,
    ratio.toFixed(2),
    cpu === undefined ? '' : `${rounded(cpu)} s`,
    block === undefined ? '' : `${rounded(block)} ms`,
    `${Math.round(rssMb)} MB`,
    bytes === undefined ? '' : `${(bytes / BYTES_PER_MB).toFixed(3)} MB`,
    details['durable'] === 0 ? 'in memory only' : '',
    details['hasTextIndex'] === 0 ? 'no text index' : '',
  ]);
}

function row(cells: readonly string[]): string {
  return `${cells
    .map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0))
    .join(' ')
    .trimEnd()}\n`;
}
