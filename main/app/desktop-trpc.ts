import { initTRPC } from '@trpc/server';
import { TallymanError, toWireError } from '../../shared/errors.ts';
import type { DesktopApp } from './desktop-app.ts';
import type { PrinterPort } from './printer-port.ts';

/** Each shell makes one per call or connection. `reason` says where a trigger that comes over this road started. */
export interface DesktopContext {
  app: DesktopApp;
  /** Of a shell that prints by itself. */
  printer?: PrinterPort | undefined;
}

const t = initTRPC.context<DesktopContext>().create({
  // One shape for every error, with our code and no stack, in production and development alike.
  errorFormatter: ({ shape, error }) => ({
    code: shape.code,
    message: error.code === 'BAD_REQUEST' ? 'That input is not valid.' : shape.message,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      wire:
        error.code === 'BAD_REQUEST'
          ? { ...toWireError(error.cause ?? error), code: 'BAD_INPUT' as const }
          : toWireError(error.cause ?? error),
    },
  }),
});

export const { router } = t;

/** For what shows nothing of people's data, and so answers on a locked laptop too. */
export const freeProcedure = t.procedure;

/** For all else: a laptop that is locked on the screen is locked here, whatever a page asks. */
export const procedure = t.procedure.use(({ ctx, next }) => {
  if (!ctx.app.session.isUsable()) throw locked();
  return next();
});

/** For what has to be set before the first person can sign in. */
export const setUpProcedure = t.procedure.use(({ ctx, next }) => {
  if (!ctx.app.session.isUsable() && !ctx.app.session.isNew()) throw locked();
  return next();
});

function locked(): TallymanError {
  return new TallymanError('UNAUTHORIZED', 'This laptop is locked. Unlock it or sign in first.');
}
