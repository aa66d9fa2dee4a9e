import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import { WorkStore } from '../store/work-store.ts';
import { ReplicaSet } from './replica-set.ts';

const tempFolder = useTempFolders();
const EPOCH = 'abcdef01-0000-7000-8000-000000000000';

test('a new file takes no name under which a log is left that is about to be removed', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'replica'));
  // As a process leaves them that is killed while it removes a file; the first one is removed first.
  for (const name of ['a.db', `catalogue-${EPOCH.slice(0, 8)}-1.db-wal`]) {
    writeFileSync(join(folder, 'replica', name), 'left over');
  }
  const work = WorkStore.open(folder, () => EPOCH);
  const replicas = new ReplicaSet(folder, work, () => undefined);
  const { file } = replicas.startBuilding(CATALOGUE_SCOPE, EPOCH, EPOCH);
  await replicas.removed();
  expect(existsSync(`${file}-wal`)).toBe(true);
  replicas.close();
  work.close();
});
