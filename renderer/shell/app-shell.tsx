import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { CatalogueScreen } from '../catalogue/catalogue-screen.tsx';
import { ENTITY_SCREENS } from '../entities/entity-screens.ts';
import { useEnvironment } from '../environment.ts';
import { NetworkBanner } from '../sync/network-banner.tsx';
import { SyncAnnouncer } from '../sync/sync-announcer.tsx';
import { useSyncShortcut } from '../sync/use-sync-shortcut.ts';
import { ConnectionLost } from './connection-lost.tsx';
import { lazyPart, prefetchParts } from './lazy-part.tsx';
import { LoadingScreen } from './loading-screen.tsx';
import { NavigationRail } from './navigation-rail.tsx';
import { ScreenBoundary } from './screen-boundary.tsx';
import { StatusBar } from './status-bar.tsx';
import styles from './shell.module.css';

const LocationsScreen = lazyPart(() => import('../locations/locations-screen.tsx'));
const ProductScreen = lazyPart(() => import('../product/product-screen.tsx'));
const SyncScreen = lazyPart(() => import('../sync-screen/sync-screen.tsx'));
const SettingsScreen = lazyPart(() => import('../settings/settings-screen.tsx'));

export function AppShell() {
  const { t } = useTranslation();
  const content = useRef<HTMLElement>(null);
  const [location] = useLocation();
  useFocusOnNavigation(location, content);
  useSyncShortcut();
  usePrefetch();

  return (
    <div className={styles['shell']}>
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
        <ScreenBoundary key={screenOf(location)}>
          <Suspense fallback={<LoadingScreen />}>
            <Switch>
              <Route path="/product/:id">{({ id }) => <ProductScreen id={id} />}</Route>
              <Route path="/locations" component={LocationsScreen} />
              <Route path="/sync/*?" component={SyncScreen} />
              <Route path="/settings" component={SettingsScreen} />
              {ENTITY_SCREENS.map(({ path, Screen }) => (
                <Route key={path} path={path} component={Screen} />
              ))}
              <Route component={CatalogueScreen} />
            </Switch>
          </Suspense>
        </ScreenBoundary>
      </main>
      <StatusBar />
      <SyncAnnouncer />
    </div>
  );
}

/** Whatever is opened next is on its way before it is asked for. */
function usePrefetch(): void {
  const { whenIdle } = useEnvironment();
  useEffect(() => prefetchParts(whenIdle), [whenIdle]);
}

/** The pages of sync are one screen, so that the keyboard stays on the link that it followed. */
function screenOf(location: string): string {
  return location.startsWith('/sync') ? '/sync' : location;
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
