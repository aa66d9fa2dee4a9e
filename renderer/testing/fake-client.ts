import { createTRPCClient, type TRPCClient, unstable_localLink } from '@trpc/client';
import type { DesktopApp } from '../../main/app/desktop-app.ts';
import { type DesktopRouter, desktopRouter } from '../../main/app/desktop-router.ts';
import type { PrinterPort } from '../../main/app/printer-port.ts';

/** A client of the real router over an app in the same process: every input is checked and every answer serialised. */
export function createFakeClient(
  app: DesktopApp,
  printer?: PrinterPort,
): TRPCClient<DesktopRouter> {
  return createTRPCClient<DesktopRouter>({
    links: [
      unstable_localLink({ router: desktopRouter, createContext: async () => ({ app, printer }) }),
    ],
  });
}
