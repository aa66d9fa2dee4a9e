import type { Measurement } from '../measurement.ts';
import { detail } from './format-value.ts';

/** Details that a reader of the page wants to know, and how to call them. The others stay in the stored results. */
const WORTH_SAYING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'first-sync-pages': {
    bytesReceived: 'received',
    bytesPerRow: 'a row',
    rowsPerSecond: 'rows a second',
    addedMb: 'more in the whole process than before, page caches of SQLite included',
    limitInsertSeconds: 'of the limit are inserts',
    limitIndexSeconds: 'indexes',
    limitSearchIndexSeconds: 'the search index',
    plainSearchRatio: "with FTS5's own short index as the limit",
  },
  'first-sync-snapshot': {
    bytesReceived: 'received',
    bytesPerRow: 'a row',
    fileBytes: 'on the disk',
    rowsPerSecond: 'rows a second',
    addedMb: 'more in the whole process than before',
    limitPlainSeconds: 'for the limit as a plain file',
    limitPackedSeconds: 'for the limit as it travels',
    buildSeconds: 'for the server to fill the snapshot',
    packSeconds: 'to pack it',
    builderMb: 'held by its builder',
  },
  'nothing-changed': {
    bytes: 'for request and answer with all headers',
    durableCommitP50ms: 'for one durable commit',
  },
  'changed-1000-of-n': { bytesReceived: 'received', bytesPerRow: 'a row' },
  'push-1000': {
    writeP50ms: 'for one operation to the disk',
    writeP99ms: 'at p99',
    limitRoundTripSeconds: 'of the limit are round trips',
  },
  search: {
    callerP50ms: 'as the caller sees it',
    callerP95ms: 'at p95',
    callerMaxMs: 'at most',
    rankedP50ms: "for FTS5's `ORDER BY rank`",
    rankedP95ms: 'at p95',
    rankedMaxMs: 'at most',
  },
  'scroll-jump': { maxMs: 'for the first one, which works out the list' },
  'main-thread-delay': {
    p99ms: 'at p99 during the sync',
    maxMs: 'at most',
    searchP99ms: 'at p99 during the reads',
    searchMaxMs: 'at most',
    limitP99ms: 'at p99 at rest',
    limitMaxMs: 'at most',
  },
  'scan-durable-pages': {
    scans: 'scans',
    syncs: 'syncs',
    syncsBySnapshot: 'of them by a snapshot',
    p99ms: 'at p99',
    maxMs: 'at most',
    limitP99ms: 'at p99 with no sync',
    limitMaxMs: 'at most',
    mainThreadP99ms: 'late at p99 was the main thread',
    mainThreadMaxMs: 'at most',
  },
  footprint: {
    scriptGzipBytes: 'of scripts',
    styleGzipBytes: 'of styles',
    requests: 'requests',
    scriptBytes: 'of scripts unpacked',
  },
  'first-row': {
    listeningMs: 'until the shell listens',
    firstPaintMs: 'until anything is drawn',
    rendererMb: 'in the process of the page',
    chromiumMb: 'in all of Chromium',
  },
  typing: {
    keys: 'keys',
    keyP99ms: 'from key to frame at p99',
    keyMaxMs: 'at most',
    frameP99ms: 'from frame to frame at p99',
    frameMaxMs: 'at most',
    longTasks: 'tasks of 50 ms and more',
    answerP50ms: 'from the last key to results',
    answerP95ms: 'at p95',
    rendererMb: 'in the process of the page',
  },
};

/** One line of a list, or null if there is nothing more to say. */
export function worthSaying({ name, details }: Measurement): string | null {
  const words = WORTH_SAYING[name] ?? WORTH_SAYING[name.replace(/snapshot$/, 'pages')] ?? {};
  const parts = Object.entries(words).flatMap(([key, what]) => {
    const value = details[key];
    return value === undefined ? [] : [`${detail(key, value)} ${what}`];
  });
  return parts.length === 0 ? null : `- \`${name}\`: ${parts.join(', ')}.`;
}
