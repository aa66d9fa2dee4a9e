import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../trpc.ts';

/**
 * What every call that changes the session does when it is done: read it again. The app tells of it too, but a call must not
 * seem to have done nothing while that news is held up.
 */
export function useSessionChange(): { onSuccess: () => Promise<void> } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.session.state.queryKey() }),
  };
}
