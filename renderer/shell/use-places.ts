import { useMemo } from 'react';
import { useSession } from '../session/use-session.ts';
import { PLACES, type Place } from './places.ts';

/** The places that there are for whoever uses the laptop now. The server judges by itself what they may do there. */
export function usePlaces(): readonly Place[] {
  const session = useSession();
  const isOpen = session?.kind === 'open';
  const role = session?.kind === 'signedIn' ? session.person.role : null;
  return useMemo(
    () =>
      PLACES.filter(({ shownTo }) => {
        if (shownTo === 'open') return isOpen;
        if (shownTo === 'signedIn') return role !== null;
        return shownTo === undefined || role === 'administrator';
      }),
    [isOpen, role],
  );
}
