import { constants, setPriority } from 'node:os';
import { must } from '../../shared/domain/assert.ts';
import { TallymanError } from '../../shared/errors.ts';
import { translateSqliteError } from '../store/engine/sqlite-error.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { BUILDER_DATABASE, type BuilderMessage, type BuilderTask } from './builder-message.ts';

/**
 * Builds one snapshot in a process of its own, so that neither its work nor its memory nor its end can touch the server.
 * It lives as long as the channel to its starter. Entry only.
 */
const task = JSON.parse(must(process.argv[2], 'a task')) as BuilderTask;
// First of all: the threads that compress inherit the priority of the one that starts them.
if (task.isBackground === true) setPriority(constants.priority.PRIORITY_LOW);
const starterGone = new AbortController();
process.once('disconnect', () => starterGone.abort());
const message = await work();
if (process.connected) {
  process.send?.(message);
  process.disconnect();
}

async function work(): Promise<BuilderMessage> {
  try {
    const snapshot = await buildSnapshot({
      ...task,
      database: process.env[BUILDER_DATABASE],
      now: Date.now,
      signal: starterGone.signal,
    });
    if (snapshot === null) return { kind: 'busy' };
    return { kind: 'built', snapshot, peakBytes: process.resourceUsage().maxRSS * 1_024 };
  } catch (error) {
    return failureOf(translateSqliteError(error));
  }
}

function failureOf(error: unknown): BuilderMessage {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof TallymanError) return { kind: 'failed', code: error.code, message: text };
  // Of a file that is not a database.
  const isFull = (error as { code?: unknown } | null)?.code === 'ENOSPC';
  return { kind: 'failed', code: isFull ? 'DISK_FULL' : 'INTERNAL', message: text };
}
