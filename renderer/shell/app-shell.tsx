import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { CommandDialogs } from '../commands/command-dialogs.tsx';
import { useEnvironment } from '../environment.ts';
import { HomeScreen } from '../home/home-screen.tsx';
import { useSignedIn } from '../session/use-session.ts';
import { useSettings } from '../settings/use-settings.ts';
import { NetworkBanner } from '../sync/network-banner.tsx';
import { SyncAnnouncer } from '../sync/sync-announcer.tsx';
import { useSyncShortcut } from '../sync/use-sync-shortcut.ts';
import { AppCommands } from './app-commands.tsx';
import { ConnectionLost } from './connection-lost.tsx';
import { lazyPart, prefetchParts } from './lazy-part.tsx';
import { LoadingScreen } from './loading-screen.tsx';
import { NavigationRail } from './navigation-rail.tsx';
import { placePathOf } from './places.ts';
import { ScreenBoundary } from './screen-boundary.tsx';
import { StatusBar } from './status-bar.tsx';
import { usePlaces } from './use-places.ts';
import styles from './shell.module.css';

const LeaseBanner = lazyPart(() => import('../session/lease-banner.tsx'));
const ProductScreen = lazyPart(() => import('../product/product-screen.tsx'));

export function AppShell() {
  const { t } = useTranslation();
  const content = useRef<HTMLElement>(null);
  const [location] = useLocation();
  const { settings } = useSettings();
  const places = usePlaces();
  const signedIn = useSignedIn();
  useFocusOnNavigation(location, content);
  useSyncShortcut();
  usePrefetch();

  return (
    <div className={styles['shell']} data-collapsed={settings?.isRailCollapsed || undefined}>
      <a
        className={styles['skip']}
        href="#content"
        onClick={(event) => {
          // The hash is the route here, so the browser must not follow it.
          event.preventDefault();
          content.current?.focus();
        }}
      >
        {t('app.skip')}
      </a>
      <NavigationRail />
      <main className={styles['main']} id="content" tabIndex={-1} ref={content}>
        <ConnectionLost />
        <NetworkBanner />
        <Suspense fallback={null}>{signedIn && <LeaseBanner />}</Suspense>
        <ScreenBoundary key={screenOf(location)}>
          <Suspense fallback={<LoadingScreen />}>
            <Switch>
              <Route path="/product/:id">{({ id }) => <ProductScreen id={id} />}</Route>
              {places.map(
                ({ path, Screen }) =>
                  Screen && <Route key={path} path={`${path}/*?`} component={Screen} />,
              )}
              <Route component={HomeScreen} />
            </Switch>
          </Suspense>
        </ScreenBoundary>
      </main>
      <StatusBar />
      <SyncAnnouncer />
      <AppCommands />
      <CommandDialogs />
    </div>
  );
}

/** Whatever is opened next is on its way before it is asked for. */
function usePrefetch(): void {
  const { whenIdle } = useEnvironment();
  useEffect(() => prefetchParts(whenIdle), [whenIdle]);
}

/** The pages below a place are one screen, so that the keyboard stays on the link that it followed. */
function screenOf(location: string): string {
  const path = placePathOf(location);
  return location.startsWith(path) ? path : location;
}

/** After a change of screen the keyboard goes on inside it, unless the screen itself took the focus. */
function useFocusOnNavigation(
  location: string,
  content: React.RefObject<HTMLElement | null>,
): void {
  const previous = useRef(location);
  useEffect(() => {
    if (previous.current === location) return;
    previous.current = location;
    if (!content.current?.contains(document.activeElement)) content.current?.focus();
  }, [location, content]);
}
