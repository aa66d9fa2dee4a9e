import { expect, test } from 'vitest';
import type { SyncServer } from '../../main/sync/sync-server.ts';
import { PROTOCOL_VERSION, PROTOCOL_VERSION_OLDEST } from '../../shared/sync/protocol.ts';
import { PLACE, type SyncWorld, useSyncWorlds } from '../support/sync-world.ts';

const openWorld = useSyncWorlds();

/** The same laptop with another version of the app. */
function speaking({ server }: SyncWorld, protocol: number): SyncServer {
  return {
    pull: (input, signal) => server.pull({ ...input, protocol }, signal),
    push: (input, signal) => server.push({ ...input, protocol }, signal),
    digests: (input, signal) => server.digests({ ...input, protocol }, signal),
    bucketRows: (input, signal) => server.bucketRows({ ...input, protocol }, signal),
    snapshot: server.snapshot,
    snapshotBytes: server.snapshotBytes,
    bytesReceived: () => 0,
  };
}

test.each([
  ['too old', PROTOCOL_VERSION_OLDEST - 1, /Tallyman is too old for the server/],
  ['newer than the server', PROTOCOL_VERSION + 1, /Ask for the server to be updated/],
])(
  'L23: an app that is %s is told which side to update, keeps its work, and sends it afterwards',
  async (_, protocol, sentence) => {
    const world = await openWorld();
    const laptop = await world.laptop();
    const rename = (name: string): void => {
      laptop.person.write([{ kind: 'update', entity: 'location', id: PLACE, fields: { name } }]);
    };
    rename('before');
    const failure = await laptop.sync(speaking(world, protocol)).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'UPGRADE_REQUIRED',
      message: expect.stringMatching(sentence),
    });
    laptop.restart();
    rename('after');
    expect(laptop.work.outbox.waiting()).toBe(2);
    expect(laptop.see('location', PLACE)).toMatchObject({ name: 'after' });
    await laptop.sync(world.server);
    expect(laptop.work.outbox.waiting()).toBe(0);
    expect(
      await world.server.store.reader
        .selectFrom('location')
        .select('name')
        .where('id', '=', PLACE)
        .execute(),
    ).toEqual([{ name: 'after' }]);
  },
);
