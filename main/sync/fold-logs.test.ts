import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testId } from '../../tests/support/replica-fixture.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { Replica } from '../store/replica.ts';
import { openReadable } from '../store/sqlite.ts';
import { foldLogOf, foldLogs } from './fold-logs.ts';

const tempFolder = useTempFolders();
/** Fill about four pages a row. */
const LONG = 'bolt '.repeat(3_000);
const MANY = 600;

function openReplica(): Replica {
  const replica = Replica.create(join(tempFolder(), 'catalogue.db'), {
    scope: 'catalogue',
    serverId: testId('row', 1),
    epoch: testId('row', 2),
  });
  onTestFinished(() => replica.close());
  return replica;
}

let version = 0;

function write(replica: Replica, rows: number): void {
  version += 1;
  replica.begin();
  const values = Array.from({ length: rows }, (_, at) => [
    testId('row', at),
    testId('product', 1),
    `${version} ${at} ${LONG}`,
    1,
    null,
    version,
  ]);
  replica.putRows('barcode', values);
  replica.commit({ version });
}

test('a commit leaves the log to others, who fold it back once it is long', async () => {
  const replica = openReplica();
  const folded: string[] = [];
  const foldLog = foldLogs(async (file) => {
    folded.push(file);
    foldLogOf(file);
  });
  write(replica, 10);
  await foldLog(replica);
  expect(folded).toEqual([]);
  expect(replica.unfoldedPages()).toBeGreaterThan(0);

  write(replica, MANY);
  expect(replica.unfoldedPages()).toBeGreaterThan(2_000);
  await foldLog(replica);
  expect(folded).toEqual([replica.file]);
  expect(replica.unfoldedPages()).toBe(0);
  write(replica, 10);
  expect(replica.unfoldedPages()).toBeLessThan(200);
});

test('one folding is under way at a time, a failure is tried again, and a log that grows too far is waited for', async () => {
  const replica = openReplica();
  write(replica, MANY);
  const ends: ((error?: Error) => void)[] = [];
  const foldLog = foldLogs(
    () =>
      new Promise((resolve, reject) => {
        ends.push((error) => (error ? reject(error) : resolve()));
      }),
  );
  await foldLog(replica);
  await foldLog(replica);
  expect(ends).toHaveLength(1);
  ends[0]?.(new Error('busy'));
  await Promise.resolve();
  await new Promise(setImmediate);
  await foldLog(replica);
  expect(ends).toHaveLength(2);

  const far = { file: replica.file, unfoldedPages: () => 40_000 };
  let waited = false;
  const waiting = foldLog(far as unknown as Replica).then(() => (waited = true));
  await new Promise(setImmediate);
  expect(waited).toBe(false);
  ends[1]?.();
  await waiting;
  expect(waited).toBe(true);
});

test('readers see the same before, while and after', () => {
  const replica = openReplica();
  write(replica, MANY);
  const reader = openReadable(replica.file);
  onTestFinished(() => void reader.close());
  const count = reader.prepare('SELECT count(*) FROM barcode').pluck();
  expect(count.get()).toBe(MANY);
  foldLogOf(replica.file);
  expect(count.get()).toBe(MANY);
});
