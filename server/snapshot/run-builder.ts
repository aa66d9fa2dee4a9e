import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TallymanError } from '../../shared/errors.ts';
import type { BuiltSnapshot } from './build-snapshot.ts';
import { removeLeftovers } from './building-lock.ts';
import { BUILDER_DATABASE, type BuilderMessage, type BuilderTask } from './builder-message.ts';
import type { StoreLocation } from '../store/engine/open-engine.ts';
import { openShelf } from './open-shelf.ts';

/**
 * Of JavaScript; what Node itself takes, SQLite's caches and the compression come on top. In all, a million products were
 * built within 400 MB, a hundred thousand within 300.
 */
const HEAP_FLAGS = ['--max-old-space-size=128', '--max-semi-space-size=8'];
/** A million products take about a minute. What takes this long hangs. */
const BUILD_TIME_MAX_MS = 60 * 60 * 1_000;

export interface BuilderResult extends BuiltSnapshot {
  peakBytes: number;
}

/**
 * Builds a snapshot in a process of its own. Null if another process is building one already, or has. Ends with the process, which
 * an abort kills: a half-built file is thrown away anyway.
 */
export async function runBuilder(
  { database, ...task }: BuilderTask & Pick<StoreLocation, 'database'>,
  signal: AbortSignal,
): Promise<BuilderResult | null> {
  signal.throwIfAborted();
  const child = fork(
    fileURLToPath(new URL('./builder-process.ts', import.meta.url)),
    [JSON.stringify(task)],
    {
      execArgv: HEAP_FLAGS,
      // What SQLite sorts goes to the disk that was looked at, not to a small temporary one.
      env: {
        ...process.env,
        SQLITE_TMPDIR: join(task.dataDir, 'snapshots'),
        [BUILDER_DATABASE]: database,
      },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      timeout: BUILD_TIME_MAX_MS,
      killSignal: 'SIGKILL',
    },
  );
  const kill = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill);
  let said: BuilderMessage | null = null;
  child.once('message', (message) => (said = message as BuilderMessage));
  try {
    await once(child, 'exit');
  } finally {
    signal.removeEventListener('abort', kill);
  }
  if (said === null) {
    await removeLeftovers(openShelf({ ...task, database }, Date.now));
  }
  signal.throwIfAborted();
  return resultOf(said);
}

function resultOf(said: BuilderMessage | null): BuilderResult | null {
  if (said === null) {
    throw new TallymanError('WORKER_DIED', 'The builder of the snapshot ended before it was done.');
  }
  switch (said.kind) {
    case 'built':
      return { ...said.snapshot, peakBytes: said.peakBytes };
    case 'busy':
      return null;
    case 'failed':
      throw new TallymanError(said.code, said.message);
  }
}
