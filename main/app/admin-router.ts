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
import { procedure, router } from './desktop-trpc.ts';

/** What administrators ask of the server, passed on in the name of whoever is signed in. */
export const adminRouter = router({
  people: router({
    list: procedure.query(({ ctx }) => ctx.app.admin.people.list()),
    add: procedure
      .input(addPersonInput)
      .mutation(({ ctx, input }) => ctx.app.admin.people.add(input)),
    update: procedure
      .input(updatePersonInput)
      .mutation(({ ctx, input }) => ctx.app.admin.people.update(input)),
    setPassword: procedure
      .input(setPasswordInput)
      .mutation(({ ctx, input }) => ctx.app.admin.people.setPassword(input)),
    disable: procedure
      .input(personIdInput)
      .mutation(({ ctx, input }) => ctx.app.admin.people.disable(input.id)),
    enable: procedure
      .input(personIdInput)
      .mutation(({ ctx, input }) => ctx.app.admin.people.enable(input.id)),
  }),
  devices: router({
    list: procedure.query(({ ctx }) => ctx.app.admin.devices.list()),
    revoke: procedure
      .input(deviceIdInput)
      .mutation(({ ctx, input }) => ctx.app.admin.devices.revoke(input.id)),
  }),
  sites: procedure.query(({ ctx }) => ctx.app.admin.sites()),
  refused: procedure.input(adminPageInput).query(({ ctx, input }) => ctx.app.admin.refused(input)),
  quarantine: procedure
    .input(adminPageInput)
    .query(({ ctx, input }) => ctx.app.admin.quarantine(input)),
  audit: procedure.input(auditPageInput).query(({ ctx, input }) => ctx.app.admin.audit(input)),
  import: procedure
    .input(adminImportInput)
    .mutation(({ ctx, input }) => ctx.app.admin.import(input)),
});
