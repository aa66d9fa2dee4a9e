import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../trpc.ts';

/** What every call that changes something on the server does when it is done: whatever is shown of the server is read again. */
export function useAdminChange(): { onSuccess: () => Promise<void> } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return { onSuccess: () => queryClient.invalidateQueries(trpc.admin.pathFilter()) };
}
