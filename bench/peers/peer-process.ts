import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { assert, must } from '../../shared/domain/assert.ts';
import { watchEventLoop } from '../event-loop-delay.ts';
import { median, percentile } from '../statistics.ts';
import type { Peer, PeerClient, PeerRun, PeerRuns } from './peer.ts';
import { type PeerName, PEERS } from './peer-names.ts';
import type { PeerProduct } from './product-log.ts';

export interface PeerInput {
  name: PeerName;
  folder: string;
  sourceUrl: string;
  controlUrl: string;
  rows: number;
  changes: number;
}

/** Told one by one, so that what a peer has done by then counts even if it does not come to its end. */
export type FromPeer =
  | { kind: 'about'; about: Omit<Peer, 'open'> }
  | { kind: 'firstSync' | 'changed1000'; run: PeerRun }
  | { kind: 'nothingChanged'; run: PeerRuns }
  | { kind: 'failure'; message: string }
  | { kind: 'end' };

const CHANGED_TIMES = 3;
/** As often as is good for a 95th percentile, but no longer than this for a peer that needs seconds each time. */
const NOTHING_TIMES = 100;
const NOTHING_TIMES_LEAST = 3;
const NOTHING_WARM_UP = 5;
const NOTHING_MS = 20_000;
/** The watch begins with the loop's next turn, and a block that has just ended shows at the one after it. */
const LOOP_SETTLES_MS = 20;
const KB_PER_MB = 1_024;
const MICROSECONDS = 1_000_000;

const tell = must(process.send?.bind(process), 'a starter');
process.on('SIGINT', () => undefined);
process.once('disconnect', () => process.exit());
process.once('message', (input: PeerInput) => {
  measure(input).then(
    () => tell({ kind: 'end' } satisfies FromPeer),
    (error: unknown) => {
      tell({ kind: 'failure', message: sentenceOf(error) } satisfies FromPeer);
    },
  );
});

/** With its cause: `fetch failed` alone tells nothing. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${sentenceOf(error.cause)}`;
}

async function measure(input: PeerInput): Promise<void> {
  const { peer } = await PEERS[input.name].load();
  const { version, durable, hasTextIndex } = peer;
  tell({ kind: 'about', about: { version, durable, hasTextIndex } } satisfies FromPeer);
  mkdirSync(input.folder, { recursive: true });
  const client = await peer.open(input);
  const firstSync = await timedRun(client, input);
  assert((await client.count()) === input.rows, `a first sync of all ${input.rows} rows`);
  tell({ kind: 'firstSync', run: firstSync } satisfies FromPeer);
  tell({ kind: 'changed1000', run: await changedRuns(client, input) } satisfies FromPeer);
  tell({ kind: 'nothingChanged', run: await nothingRuns(client, input) } satisfies FromPeer);
  await client.close();
}

/** What `work` costs, all runs of it together. */
async function watched(
  client: PeerClient,
  { controlUrl }: PeerInput,
  work: () => Promise<void>,
): Promise<Omit<PeerRun, 'seconds'>> {
  const bytes = client.bytesReceived ?? (() => control<number>(controlUrl, 'bytes'));
  const bytesBefore = await bytes();
  const stopWatching = watchEventLoop();
  await sleep(LOOP_SETTLES_MS);
  const cpuBefore = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  await sleep(LOOP_SETTLES_MS);
  return {
    cpuSeconds: (user + system) / MICROSECONDS,
    longestBlockMs: stopWatching().max,
    rssMb: process.resourceUsage().maxRSS / KB_PER_MB,
    bytesReceived: (await bytes()) - bytesBefore,
  };
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

async function timedRun(client: PeerClient, input: PeerInput): Promise<PeerRun> {
  await client.prepare?.();
  let seconds = 0;
  const costs = await watched(client, input, async () => {
    seconds = await secondsOf(() => client.sync());
  });
  return { seconds, ...costs };
}

/** The middle one of several, each of which has to show what changed. */
async function changedRuns(client: PeerClient, input: PeerInput): Promise<PeerRun> {
  const runs: PeerRun[] = [];
  for (let time = 0; time < CHANGED_TIMES; time++) {
    const { id, name } = await control<PeerProduct>(input.controlUrl, `change/${input.changes}`);
    runs.push(await timedRun(client, input));
    assert((await client.nameOf(id)) === name, 'a changed product that shows its new name');
  }
  assert((await client.count()) === input.rows, 'as many rows as before the changes');
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
    longestBlockMs: median(runs.map(({ longestBlockMs }) => longestBlockMs)),
    rssMb: Math.max(...runs.map(({ rssMb }) => rssMb)),
    bytesReceived: median(runs.map(({ bytesReceived }) => bytesReceived)),
  };
}

async function nothingRuns(client: PeerClient, input: PeerInput): Promise<PeerRuns> {
  const startedAt = performance.now();
  const isLate = (): boolean => performance.now() - startedAt > NOTHING_MS;
  for (let time = 0; time < NOTHING_WARM_UP && !isLate(); time++) await client.sync();
  const seconds: number[] = [];
  const { cpuSeconds, bytesReceived, ...costs } = await watched(client, input, async () => {
    while (seconds.length < NOTHING_TIMES && (seconds.length < NOTHING_TIMES_LEAST || !isLate())) {
      seconds.push(await secondsOf(() => client.sync()));
    }
  });
  return {
    ...costs,
    seconds: median(seconds),
    p95Seconds: percentile(seconds, 0.95),
    cpuSeconds: cpuSeconds / seconds.length,
    bytesReceived: Math.round(bytesReceived / seconds.length),
  };
}

async function control<T>(controlUrl: string, path: string): Promise<T> {
  const answer = await fetch(`${controlUrl}/${path}`, { method: 'POST' });
  assert(answer.ok, `an answer of the source to ${path}`);
  return (await answer.json()) as T;
}
