import { spreadOf } from '../statistics.ts';
import type { SimulationOptions, SimulationResult } from './run-simulation.ts';
import type { CallName, MeasuredCall } from './simulated-server.ts';
import { waitingTimes } from './waiting-times.ts';

/** Server processes for which the waiting is worked out. */
const PROCESSES = [1, 2, 4, 8] as const;

interface PhaseLine {
  phase: string;
  minutes: number;
  pulls: number;
  pushes: number;
  pokes: number;
  rows: number;
  operations: number;
  megabytes: number;
  pullP50ms: number;
  pushP50ms: number;
  pushP95ms: number;
  /** From call to answer, for one of 20, by the number of processes. */
  answerP95ms: Readonly<Record<string, number>>;
  busy: Readonly<Record<string, number>>;
}

/** What each phase of the day cost, and how long laptops would have waited, as a table or as lines of JSON. */
export function simulationReport(
  options: SimulationOptions,
  { calls, httpMs, seconds, operations, rowsReceived }: SimulationResult,
  json: boolean,
): string {
  const lines = [...Map.groupBy(calls, ({ phase }) => phase)].map(([phase, own]) =>
    phaseLine(phase, own),
  );
  if (json) return lines.map((line) => `${JSON.stringify({ ...options, ...line })}\n`).join('');
  const { laptops, laptopsPerSite, products, seed, database } = options;
  const engine = database === undefined ? 'SQLite' : 'PostgreSQL';
  return [
    `${laptops} laptops, ${laptopsPerSite} to a site, ${products} products, ${engine}, seed ${seed}`,
    `${calls.length} calls in ${seconds.toFixed(0)} s of work, ${operations} operations, ${rowsReceived} rows received; HTTP ${httpMs.toFixed(2)} ms a call`,
    '',
    `| phase | minutes | pulls | pushes | pokes | rows | MB | pull p50 ms | push p50/p95 ms |${PROCESSES.map((count) => ` answer p95, ${count} proc. |`).join('')}`,
    `|---|--:|--:|--:|--:|--:|--:|--:|--:|${PROCESSES.map(() => '--:|').join('')}`,
    ...lines.map(tableLine),
    '',
  ].join('\n');
}

function phaseLine(phase: string, calls: readonly MeasuredCall[]): PhaseLine {
  const of = (name: CallName): MeasuredCall[] => calls.filter((call) => call.name === name);
  const [pulls, pushes] = [of('pull'), of('push')];
  const sum = (some: readonly MeasuredCall[], field: 'items' | 'bytes'): number =>
    some.reduce((total, call) => total + call[field], 0);
  const work = (some: readonly MeasuredCall[]) =>
    some.length === 0 ? { p50: 0, p95: 0, max: 0 } : spreadOf(some.map(({ workMs }) => workMs));
  const waiting = PROCESSES.map((count) => [String(count), waitingTimes(calls, count)] as const);
  const [first, last] = [calls[0]?.at ?? 0, calls.at(-1)?.at ?? 0];
  return {
    phase,
    minutes: (last - first) / 60_000,
    pulls: pulls.length,
    pushes: pushes.length,
    pokes: of('poke').length,
    rows: sum(pulls, 'items'),
    operations: sum(pushes, 'items'),
    megabytes: sum(calls, 'bytes') / 1_000_000,
    pullP50ms: work(pulls).p50,
    pushP50ms: work(pushes).p50,
    pushP95ms: work(pushes).p95,
    answerP95ms: Object.fromEntries(waiting.map(([count, each]) => [count, each.answerMs.p95])),
    busy: Object.fromEntries(waiting.map(([count, each]) => [count, each.busy])),
  };
}

function tableLine(line: PhaseLine): string {
  const { phase, minutes, pulls, pushes, pokes, rows, megabytes } = line;
  const waits = PROCESSES.map((count) => {
    const busy = Math.round((line.busy[count] ?? 0) * 100);
    return ` ${msText(line.answerP95ms[count] ?? 0)} (${busy} % busy) |`;
  });
  return `| ${phase} | ${minutes.toFixed(1)} | ${pulls} | ${pushes} | ${pokes} | ${rows} | ${megabytes.toFixed(1)} | ${line.pullP50ms.toFixed(2)} | ${line.pushP50ms.toFixed(1)} / ${line.pushP95ms.toFixed(1)} |${waits.join('')}`;
}

function msText(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(1)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
