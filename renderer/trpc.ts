import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { DesktopRouter } from '../main/app/desktop-router.ts';

/** The app's procedures as typed query options. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<DesktopRouter>();
