import {
  sessionSignInInput,
  setPinInput,
  signOutPersonInput,
  unlockInput,
} from '../../shared/desktop/session-views.ts';
import { changePasswordInput } from '../../shared/sync/auth-protocol.ts';
import { freeProcedure, procedure, router } from './desktop-trpc.ts';
import { eventsOf } from './events-of.ts';

/** Who uses this laptop. What changes it answers with the state that it led to. */
export const sessionRouter = router({
  state: freeProcedure.query(({ ctx }) => ctx.app.session.state()),
  changes: freeProcedure.subscription(({ ctx, signal }) =>
    eventsOf(ctx.app.session.subscribe, signal),
  ),
  signIn: freeProcedure
    .input(sessionSignInInput)
    .mutation(({ ctx, input }) => ctx.app.session.signIn(input)),
  /** Also the quick switch from one person to another. */
  unlock: freeProcedure
    .input(unlockInput)
    .mutation(({ ctx, input }) => ctx.app.session.unlock(input)),
  lock: freeProcedure.mutation(({ ctx }) => ctx.app.session.lock('asked')),
  signOut: freeProcedure
    .input(signOutPersonInput)
    .mutation(({ ctx, input }) => ctx.app.session.signOut(input.personId)),
  setPin: procedure
    .input(setPinInput)
    .mutation(({ ctx, input }) => ctx.app.session.setPin(input.pin)),
  removePin: procedure.mutation(({ ctx }) => ctx.app.session.removePin()),
  changePassword: procedure
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => ctx.app.session.changePassword(input)),
  /** Somebody is here. Asked at most once in a few seconds, and changes nothing on a locked laptop. */
  touch: freeProcedure.mutation(({ ctx }) => ctx.app.session.touch()),
});
