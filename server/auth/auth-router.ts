import {
  changePasswordInput,
  quarantineInput,
  refreshInput,
  reportInput,
  signInInput,
  signOutInput,
} from '../../shared/sync/auth-protocol.ts';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { changePassword, noteHealth, signOut, whoAmI } from './account-actions.ts';
import { type Actor, type PersonActor } from './actor.ts';
import { unauthorized } from './auth-refusals.ts';
import { quarantine } from './quarantine.ts';
import { refreshSession } from './refresh-session.ts';
import { signIn } from './sign-in.ts';

const nothing = z.strictObject({});

export const authRouter = router({
  signIn: procedure.input(signInInput).mutation(({ ctx, input, signal }) => {
    const { address, requestId } = ctx;
    return signIn(ctx.auth, input, { address, requestId, signal });
  }),

  refresh: procedure
    .input(refreshInput)
    .mutation(({ ctx, input, signal }) => refreshSession(ctx.auth, input, signal)),

  signOut: procedure.input(signOutInput).mutation(async ({ ctx, input }) => {
    await signOut(ctx.auth, input.refreshToken);
    return {};
  }),

  me: procedure.input(nothing).query(({ ctx }) => whoAmI(ctx.auth, personOf(ctx.actor))),

  changePassword: procedure.input(changePasswordInput).mutation(async ({ ctx, input }) => {
    const { address } = ctx;
    await changePassword(ctx.auth, personOf(ctx.actor), { ...input, address });
    return {};
  }),

  report: procedure.input(reportInput).mutation(async ({ ctx, input }) => {
    await noteHealth(ctx.auth, personOf(ctx.actor), input);
    return {};
  }),

  quarantine: procedure
    .input(quarantineInput)
    .mutation(({ ctx, input }) => quarantine(ctx.auth, input)),
});

/** On a server without accounts nobody is somebody. */
function personOf(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw unauthorized();
  return actor;
}
