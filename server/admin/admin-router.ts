import { z } from 'zod';
import {
  addPersonInput,
  adminImportInput,
  adminPageInput,
  auditPageInput,
  deviceIdInput,
  personIdInput,
  setPasswordInput,
  updatePersonInput,
} from '../../shared/sync/admin-protocol.ts';
import type { Actor } from '../auth/actor.ts';
import { audit } from '../auth/audit.ts';
import { listDevices, revokeDevice } from '../auth/devices.ts';
import { listPeople } from '../auth/list-people.ts';
import {
  addPerson,
  disablePerson,
  type DoneBy,
  enablePerson,
  setPassword,
  updatePerson,
} from '../auth/people.ts';
import { procedure, router } from '../trpc.ts';
import { listAudit, listQuarantine, listRefused, listSites } from './admin-lists.ts';
import { importText } from './import-text.ts';

const nothing = z.strictObject({});

export const adminRouter = router({
  people: router({
    list: procedure.input(nothing).query(({ ctx }) => listPeople(ctx.store.reader)),

    add: procedure
      .input(addPersonInput)
      .mutation(({ ctx, input }) => addPerson(ctx.auth, input, doneBy(ctx))),

    update: procedure.input(updatePersonInput).mutation(async ({ ctx, input }) => {
      await updatePerson(ctx.auth, input, doneBy(ctx));
      return {};
    }),

    setPassword: procedure.input(setPasswordInput).mutation(async ({ ctx, input }) => {
      await setPassword(ctx.auth, input, doneBy(ctx));
      return {};
    }),

    disable: procedure.input(personIdInput).mutation(async ({ ctx, input }) => {
      await disablePerson(ctx.auth, input.id, doneBy(ctx));
      return {};
    }),

    enable: procedure.input(personIdInput).mutation(async ({ ctx, input }) => {
      await enablePerson(ctx.auth, input.id, doneBy(ctx));
      return {};
    }),
  }),

  devices: router({
    list: procedure.input(nothing).query(({ ctx }) => listDevices(ctx.store.reader)),

    revoke: procedure.input(deviceIdInput).mutation(async ({ ctx, input }) => {
      await revokeDevice(ctx.auth, input.id, doneBy(ctx));
      return {};
    }),
  }),

  sites: router({
    list: procedure.input(nothing).query(({ ctx }) => listSites(ctx.store.reader)),
  }),

  refused: router({
    list: procedure
      .input(adminPageInput)
      .query(({ ctx, input }) => listRefused(ctx.store.reader, input)),
  }),

  quarantine: router({
    list: procedure
      .input(adminPageInput)
      .query(({ ctx, input }) => listQuarantine(ctx.store.reader, input)),
  }),

  audit: router({
    list: procedure
      .input(auditPageInput)
      .query(({ ctx, input }) => listAudit(ctx.store.reader, input)),
  }),

  import: procedure.input(adminImportInput).mutation(async ({ ctx, input, path, signal }) => {
    const { store, now } = ctx;
    const done = await importText(store, input, { now, signal });
    if (!input.dryRun) {
      const { lines, created, changed, problemCount } = done;
      const details = { kind: input.kind, lines, created, changed, problemCount };
      const entry = { at: now(), action: path, ...doneBy(ctx), outcome: 'done', details };
      await store.writer.transaction().execute((db) => audit(store, db, [entry]));
    }
    return done;
  }),
});

function doneBy({ actor, requestId }: { actor: Actor; requestId: string }): DoneBy {
  if (actor.kind !== 'person') return { requestId };
  return { personId: actor.personId, deviceId: actor.deviceId, requestId };
}
