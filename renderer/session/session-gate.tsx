import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, useLayoutEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { SessionState } from '../../shared/desktop/session-views.ts';
import { CatalogueSessionProvider } from '../catalogue/session.tsx';
import { ConnectionLost } from '../shell/connection-lost.tsx';
import { lazyPart } from '../shell/lazy-part.tsx';
import { ScreenBoundary } from '../shell/screen-boundary.tsx';
import { SwitchPersonContext } from './switch-person.ts';
import { useActivity } from './use-activity.ts';
import { useSession } from './use-session.ts';

const SessionScreen = lazyPart(() => import('./session-screen.tsx'));

/**
 * Lets whoever may use the laptop into the app; all others see the way in, and nothing of the app is in the page. Who comes
 * back is where they were: the address stays, drafts are on the disk, and what the catalogue was searched for is kept.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useSession();
  const [offersPin, setOffersPin] = useState(false);
  const [isSwitching, setSwitching] = useState(false);
  const isInside =
    session?.kind === 'open' ||
    (session?.kind === 'signedIn' && (session.person.hasPin || !offersPin));
  const owner = useOwner(session);
  useForgetWhileOutside(session !== undefined && !isInside);
  useActivity(session?.kind === 'signedIn');
  const [wasInside, setWasInside] = useState(isInside);
  if (wasInside !== isInside) {
    setWasInside(isInside);
    if (isInside) setSwitching(false);
  }
  // The app is not there, so that nobody can tell who may come in.
  if (!session) return <ConnectionLost />;
  return (
    <CatalogueSessionProvider key={owner ?? 'nobody'}>
      <SwitchPersonContext value={setSwitching}>
        {isInside ? (
          isAtHome(session, owner) && children
        ) : (
          <ScreenBoundary>
            <Suspense fallback={null}>
              <SessionScreen
                session={session}
                isSwitching={isSwitching}
                onPassword={() => setOffersPin(true)}
                onOfferDone={() => setOffersPin(false)}
              />
            </Suspense>
          </ScreenBoundary>
        )}
      </SwitchPersonContext>
    </CatalogueSessionProvider>
  );
}

const isAtHome = (session: SessionState, owner: string | null): boolean =>
  session.kind !== 'signedIn' || session.person.id === owner;

/** Whose page this is. Somebody else begins at home, not where another person stopped. */
function useOwner(session: SessionState | undefined): string | null {
  const [owner, setOwner] = useState<string | null>(null);
  const [, navigate] = useLocation();
  const personId = session?.kind === 'signedIn' ? session.person.id : null;
  useLayoutEffect(() => {
    if (personId === null || personId === owner) return;
    if (owner !== null) navigate('/');
    // Not before: the screens of the address that was left must not begin anything for the next person.
    // oxlint-disable-next-line react/set-state-in-effect -- the address is outside of React, and changes first
    setOwner(personId);
  }, [personId, owner, navigate]);
  return owner;
}

/** The groups of procedures that concern the laptop, whoever uses it. */
const OF_THE_LAPTOP: ReadonlySet<unknown> = new Set(['session', 'settings', 'network']);

/** What was read for one person is not kept in the page of a locked laptop, nor shown to the next. */
function useForgetWhileOutside(isOutside: boolean): void {
  const queryClient = useQueryClient();
  useLayoutEffect(() => {
    if (!isOutside) return;
    queryClient.removeQueries({
      predicate: ({ queryKey: [path] }) => !(Array.isArray(path) && OF_THE_LAPTOP.has(path[0])),
    });
  }, [isOutside, queryClient]);
}
