import { describe, expect, expectTypeOf, test } from 'vitest';
import { desktopRouter } from '../../main/app/desktop-router.ts';
import { RecordWriter } from '../../main/store/records/record-writer.ts';
import { createRepository } from '../../main/store/records/repository.ts';
import {
  openReadable,
  type ReadableDatabase,
  type WritableDatabase,
} from '../../main/store/sqlite.ts';
import { type AnyEntity, ENTITIES } from '../../shared/entities/registry.ts';
import { sampleParents, sampleRow } from '../support/sample-row.ts';
import { idOf } from '../support/server-rows.ts';
import type { SyncBench } from '../support/sync-bench.ts';
import { useSyncWorlds } from '../support/sync-world.ts';

const openWorld = useSyncWorlds();
const entities = ENTITIES as unknown as readonly AnyEntity[];

/** tRPC shows the definition of a procedure under this name only. */
const DEFINITION = '_def';

function repositoryOf(laptop: SyncBench, entity: AnyEntity) {
  let made = 0;
  const reader = () => laptop.records.reader();
  const writer = new RecordWriter({
    outbox: laptop.work.outbox,
    reader,
    now: () => 1,
    newId: () => idOf(30_000 + made++),
  });
  return createRepository(entity, { reader, writer });
}

describe('L24: no change of a row is untracked', () => {
  test('L24: a page has no way to change rows but those that make an operation', () => {
    const procedures = desktopRouter[DEFINITION].procedures as unknown as Record<
      string,
      Record<typeof DEFINITION, { type: string }>
    >;
    const mutations = Object.entries(procedures)
      .filter(([, procedure]) => procedure[DEFINITION].type === 'mutation')
      .map(([name]) => name);
    // Rows change by these alone, all of them by operations.
    const writing = [
      'exchange.write',
      'photos.add',
      'photos.remove',
      'records.write',
      'stock.record',
    ];
    const deciding = ['work.discard', 'work.resolve', 'work.retry', 'work.undo'];
    // A tally is this laptop's own until it is posted, as operations.
    const tallying = ['assign', 'discard', 'place', 'post', 'scan', 'start', 'type', 'void'];
    // Who uses the laptop, and what administrators tell the server: no rows of this laptop.
    const session = [
      'changePassword',
      'lock',
      'removePin',
      'setPin',
      'signIn',
      'signOut',
      'touch',
      'unlock',
    ];
    const people = ['add', 'disable', 'enable', 'setPassword', 'update'];
    const admin = ['devices.revoke', 'import', ...people.map((name) => `people.${name}`)];
    const signingIn = [
      ...session.map((name) => `session.${name}`),
      ...admin.map((name) => `admin.${name}`),
    ];
    const others = [
      'drafts.put',
      'drafts.remove',
      'printing.print',
      'printing.savePdf',
      'settings.update',
      'sync.acceptServer',
      'sync.cancel',
      'sync.trigger',
    ];
    const tally = tallying.map((name) => `tally.${name}`);
    expect(mutations.toSorted()).toEqual(
      [...others, ...signingIn, ...writing, ...tally, ...deciding].toSorted(),
    );
  });

  test('L24: a handle for reading has nothing to write with, by its type and by SQLite', async () => {
    expectTypeOf<ReadableDatabase>().not.toExtend<WritableDatabase>();
    expectTypeOf<ReadableDatabase>().not.toHaveProperty('exec');
    expectTypeOf<ReadableDatabase>().not.toHaveProperty('transaction');
    const world = await openWorld();
    const laptop = await world.laptop();
    for (const { file } of laptop.replicas.views()) {
      const db = openReadable(file);
      expect(() => db.prepare('DELETE FROM replica').run()).toThrow('readonly database');
      db.close();
    }
  });

  test.each(entities.filter(({ pattern }) => pattern.writes.includes('create')))(
    'L24: every action on a $name is one operation in the outbox',
    async (entity) => {
      const world = await openWorld();
      await world.office(async (tx) => {
        for (const parent of sampleParents(entity)) {
          await tx.insert(parent.name as 'site', [sampleRow(parent, 1) as never]);
        }
      });
      const laptop = await world.laptop();
      const records = repositoryOf(laptop, entity);
      const row = sampleRow(entity, 1);
      const waiting = (): number => laptop.work.outbox.waiting();
      const { id } = records.create(row);
      expect([waiting(), laptop.records.reader().get(entity.name, id)?.pending]).toEqual([1, true]);
      if (!entity.pattern.writes.includes('remove')) return;
      records.remove(id);
      expect([waiting(), records.get(id)]).toEqual([2, null]);
    },
  );

  test.each(entities.filter(({ pattern }) => pattern.writes.length === 0))(
    'L24: a $name, which the server owns, cannot be changed on a laptop at all',
    async (entity) => {
      const world = await openWorld();
      const laptop = await world.laptop();
      const records = repositoryOf(laptop, entity);
      const forbidden = expect.objectContaining({ code: 'FORBIDDEN' });
      expect(() => records.create(sampleRow(entity, 1) as never)).toThrow(forbidden);
      expect(() => records.update(idOf(0), {})).toThrow(forbidden);
      expect(() => records.remove(idOf(0))).toThrow(forbidden);
      expect(laptop.work.outbox.waiting()).toBe(0);
    },
  );
});
