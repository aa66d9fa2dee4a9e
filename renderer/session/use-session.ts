import { useQuery } from '@tanstack/react-query';
import type { CurrentPerson, SessionState } from '../../shared/desktop/session-views.ts';
import { useTRPC } from '../trpc.ts';

/** Who uses this laptop. Undefined until it was read for the first time. */
export function useSession(): SessionState | undefined {
  const trpc = useTRPC();
  return useQuery(trpc.session.state.queryOptions()).data;
}

/** Null where nobody has to sign in, and while nobody has. */
export function useSignedIn(): CurrentPerson | null {
  const session = useSession();
  return session?.kind === 'signedIn' ? session.person : null;
}
