import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testId } from '../../tests/support/replica-fixture.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { Replica } from '../store/replica.ts';
import { foldInThread } from './fold-in-thread.ts';

const tempFolder = useTempFolders();
const entry = new URL('./replica-finisher.ts', import.meta.url);

test('a log is folded back by another thread, which is let go when nothing comes and started anew when something does', async () => {
  const replica = Replica.create(join(tempFolder(), 'catalogue.db'), {
    scope: 'catalogue',
    serverId: testId('row', 1),
    epoch: testId('row', 2),
  });
  onTestFinished(() => replica.close());
  const timers: (() => void)[] = [];
  const fold = foldInThread(entry, (_, callback) => {
    timers.push(callback);
    return () => timers.splice(timers.indexOf(callback), 1);
  });
  expect(replica.unfoldedPages()).toBeGreaterThan(0);
  await fold(replica.file);
  expect(replica.unfoldedPages()).toBe(0);
  expect(timers).toHaveLength(1);
  timers[0]?.();

  replica.begin();
  replica.commit({ version: 1 });
  expect(replica.unfoldedPages()).toBeGreaterThan(0);
  await fold(replica.file);
  expect(replica.unfoldedPages()).toBe(0);
});

test('a file that is none is said so', async () => {
  const fold = foldInThread(entry, () => () => undefined);
  await expect(fold(join(tempFolder(), 'missing', 'nothing.db'))).rejects.toThrow(
    /nothing|directory|open/,
  );
});
