import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { connectEvents } from './connect-events.ts';

/** Feeds the app's events into the query cache while it is mounted. Mounted once, at the top. */
export function DesktopEvents(): null {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  useEffect(() => connectEvents({ client, trpc, queryClient }), [client, trpc, queryClient]);
  return null;
}
