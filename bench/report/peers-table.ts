import type { Measurement } from '../measurement.ts';
import type { StoredLine, StoredResults } from '../stored-results.ts';
import { bytes, count, megabytes } from './format-value.ts';
import { time } from './growth-table.ts';
import { markdownTable } from './markdown-table.ts';
import { millisecondsOf } from './stored-measurements.ts';

const HEAD = [
  'system',
  'first sync',
  'longest block of the main thread',
  'memory',
  'received',
  '1,000 changed',
  'nothing changed',
  '',
];

interface System {
  title: string;
  /** Names of the lines. */
  firstSync: string;
  changed: string;
  nothingChanged: string;
}

const OURS: readonly System[] = [
  {
    title: 'Tallyman, by a snapshot',
    firstSync: 'first-sync-snapshot',
    changed: 'changed-1000-of-n',
    nothingChanged: 'nothing-changed',
  },
  {
    title: 'Tallyman, by pages',
    firstSync: 'first-sync-pages',
    changed: 'changed-1000-of-n',
    nothingChanged: 'nothing-changed',
  },
];

const PEER_LINE = /^peer:(?<name>.+):first-sync$/;

/** One table per size, the largest first: ours, then the others in the order in which they ran. */
export function peersTables(results: readonly StoredResults[]): string {
  return results
    .toReversed()
    .map(({ rows, runs }) => {
      const lines = new Map(
        runs.flatMap((run) => run.lines).map((line) => [line.name, line] as const),
      );
      const peers = [...lines.keys()].flatMap((line) => {
        const name = PEER_LINE.exec(line)?.groups?.['name'];
        return name === undefined ? [] : [peerSystem(name)];
      });
      const systems = [...OURS, ...peers].filter(({ firstSync }) => lines.has(firstSync));
      return [
        `### ${count(rows)} products, beside others`,
        runs
          .map(({ command, startedAt }) => `- \`${command}\`: ${startedAt.slice(0, 10)}.`)
          .join('\n'),
        markdownTable(
          HEAD,
          systems.map((system) => cellsOf(system, lines)),
        ),
      ].join('\n\n');
    })
    .join('\n\n');
}

function peerSystem(name: string): System {
  const line = (work: string): string => `peer:${name}:${work}`;
  return {
    title: name,
    firstSync: line('first-sync'),
    changed: line('changed-1000-of-n'),
    nothingChanged: line('nothing-changed'),
  };
}

function cellsOf(system: System, lines: ReadonlyMap<string, StoredLine>): string[] {
  const first = lines.get(system.firstSync);
  const details = first && 'ratio' in first ? first.details : {};
  const block = details['longestBlockMs'] ?? details['mainThreadMaxMs'] ?? details['loopMaxMs'];
  const received = details['bytesReceived'];
  const notes = [
    details['durable'] === 0 ? 'in memory only' : '',
    details['hasTextIndex'] === 0 ? 'no text index' : '',
  ];
  return [
    system.title,
    timeOf(first),
    block === undefined ? '' : time(block),
    first && 'ratio' in first ? megabytes(first.rssMb) : '',
    received === undefined ? '' : bytes(received),
    timeOf(lines.get(system.changed)),
    timeOf(lines.get(system.nothingChanged)),
    notes.filter((note) => note !== '').join(', '),
  ];
}

function timeOf(line: StoredLine | undefined): string {
  if (line === undefined) return '';
  if ('unfinished' in line) return line.unfinished;
  const ms = millisecondsOf(line satisfies Measurement);
  return ms === null ? '' : time(ms);
}
