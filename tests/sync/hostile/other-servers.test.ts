import { cpSync, rmSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { useTempFolders } from '../../support/temp-folder.ts';
import { copyTestStore } from '../../support/test-store.ts';
import { openHostileWorld } from './support/hostile-world.ts';
import { answersOf } from './support/look-into-server.ts';

vi.setConfig({ testTimeout: 240_000 });

const newFolder = useTempFolders();

test('a wrong server gets nothing and changes nothing; the work goes to the right one', async () => {
  await using world = await openHostileWorld();
  await using other = await openHostileWorld();
  const laptop = await world.laptop();
  const { operationId } = await laptop.adjust(6);
  world.proxy.target = other.server.url;
  expect(await laptop.sync()).toMatchObject({
    outcome: 'error',
    error: { code: 'SERVER_REPLACED' },
  });
  expect(await answersOf(other.server.location)).toEqual([]);
  expect(await laptop.look('pending')).toMatchObject({ count: 1, items: [{ operationId }] });
  expect(await laptop.stock()).toMatchObject({ onHand: 106 });
  world.proxy.target = world.server.url;
  expect(await laptop.sync()).toMatchObject({ outcome: 'complete', rowsSent: 1 });
  await world.expectHealed();
});

test('a server restored from a backup gets again what it lost, and nothing twice', async () => {
  await using world = await openHostileWorld();
  const [laptop, other] = [await world.laptop(), await world.laptop()];
  await laptop.adjust(1);
  await laptop.sync();
  await world.server.stop();
  const [data, backup] = [world.server.location.dataDir, newFolder()];
  await copyTestStore(data, backup);
  await world.restartServer();
  // Done after the backup, so lost with the restore; the other laptop has seen it.
  const lost = [await laptop.adjust(10), await laptop.adjust(20)];
  await laptop.sync();
  await other.adjust(100, { location: 'A-02' });
  await other.sync();
  expect(await other.stock()).toMatchObject({ onHand: 231 });

  await world.server.stop();
  await copyTestStore(backup, data);
  await world.restartServer();
  await laptop.adjust(1_000);
  for (const each of world.laptops) {
    const result = await each.sync();
    if (result.error?.code === 'SERVER_ROLLED_BACK') {
      await each.withApp((app) => app.sync.acceptServer());
    } else expect(result.outcome, result.error?.message).toBe('complete');
  }
  await world.expectHealed();
  expect(await laptop.stock()).toMatchObject({ onHand: 1_231, pending: 0 });
  const answered = (await answersOf(world.server.location)).map(({ operationId }) => operationId);
  for (const { operationId } of lost) expect(answered).toContain(operationId);
});

test('two laptops from one folder both work on: nothing lost, nothing doubled', async () => {
  await using world = await openHostileWorld();
  const laptop = await world.laptop();
  await laptop.adjust(1);
  await laptop.sync();
  // Waits on both from now on, and is still one operation.
  await laptop.adjust(2);
  const copy = await world.copyOf(laptop);
  await laptop.adjust(10);
  await copy.adjust(20);
  expect(await laptop.sync()).toMatchObject({ outcome: 'complete' });
  expect(await copy.sync()).toMatchObject({ outcome: 'complete' });
  await laptop.adjust(40);
  await copy.adjust(80);
  await world.expectHealed();
  for (const each of world.laptops) {
    expect(await each.stock()).toMatchObject({
      onHand: 100 + 1 + 2 + 10 + 20 + 40 + 80,
      pending: 0,
    });
  }
});

test('a laptop whose folder was put back from a backup sends nothing twice', async () => {
  await using world = await openHostileWorld();
  const laptop = await world.laptop();
  await laptop.adjust(2);
  const backup = `${laptop.folder}.backup`;
  await laptop.close();
  cpSync(laptop.folder, backup, { recursive: true });
  await laptop.adjust(10);
  await laptop.sync();
  await laptop.close();
  rmSync(laptop.folder, { recursive: true });
  cpSync(backup, laptop.folder, { recursive: true });
  rmSync(backup, { recursive: true });
  // Under the number that the lost operation had.
  await laptop.adjust(20);
  expect(await laptop.sync()).toMatchObject({ outcome: 'complete' });
  expect(await laptop.stock()).toMatchObject({ onHand: 132, pending: 0 });
  expect(await answersOf(world.server.location)).not.toHaveLength(0);
});
