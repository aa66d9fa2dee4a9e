import { expect, onTestFinished, test } from 'vitest';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { entitiesOf, ENTITIES } from '../../shared/entities/registry.ts';
import { toStored } from '../../shared/entities/stored-row.ts';
import { InProcessServer } from '../support/in-process-server.ts';
import { sampleRow } from '../support/sample-row.ts';
import { idOf } from '../support/server-rows.ts';
import { SyncBench } from '../support/sync-bench.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const newFolder = useTempFolders();

test('each entity of the registry belongs to one scope, and a full sync brings its rows', async () => {
  const names = ENTITIES.map(({ name }) => name);
  const inScopes = [...entitiesOf('catalogue'), ...entitiesOf('site')].map(({ name }) => name);
  expect(inScopes.toSorted()).toEqual(names.toSorted());
  expect(new Set(names).size).toBe(names.length);

  const server = await InProcessServer.open(newFolder());
  const laptop = new SyncBench(idOf(9_000));
  onTestFinished(async () => {
    laptop.dispose();
    await server.close();
  });
  // The registry has what is pointed to before what points to it.
  for (const entity of ENTITIES) {
    await commitChanges(server.store, (tx) => tx.insert(entity.name, [sampleRow(entity, 1)]));
  }
  await laptop.sync(server);
  for (const entity of ENTITIES) {
    const row = sampleRow(entity, 1);
    expect(laptop.see(entity.name, row.id), entity.name).toEqual(toStored(row));
  }
});
