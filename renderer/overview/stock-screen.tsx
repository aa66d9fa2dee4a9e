import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Switch, useLocation } from 'wouter';
import { SiteSelect, useFollowedSites } from '../records/site-select.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { ExpiringList } from './expiring-list.tsx';
import { LowStock } from './low-stock.tsx';
import { PlacesView } from './places-view.tsx';
import frame from '../style/frame.module.css';
import styles from './overview.module.css';

const PAGES = [
  ['/stock', 'low'],
  ['/stock/places', 'places'],
  ['/stock/expiring', 'expiring'],
] as const;

/** What runs out, what lies where, and what has to leave soon. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function StockScreen() {
  const { t } = useTranslation();
  const [location] = useLocation();
  const sites = useFollowedSites();
  const [chosen, setChosen] = useState<string | null>(null);
  const siteId = chosen ?? sites?.[0]?.id ?? null;
  return (
    <div className={frame['page']}>
      <header className={styles['head']}>
        <h1>{t('nav.stock')}</h1>
        {(sites?.length ?? 0) > 1 && <SiteSelect value={siteId} onChange={setChosen} />}
      </header>
      <nav className={frame['tabs']} aria-label={t('overview.views')}>
        {PAGES.map(([path, name]) => (
          <Link
            key={path}
            href={path}
            className={frame['tab'] ?? ''}
            aria-current={location === path ? 'page' : undefined}
          >
            {t(`overview.tab.${name}`)}
          </Link>
        ))}
      </nav>
      {sites?.length === 0 && (
        <EmptyState title={t('records.noSite')} text={t('records.noSiteHint')} />
      )}
      {siteId !== null && (
        <Switch>
          <Route path="/stock/places">
            <PlacesView key={siteId} siteId={siteId} />
          </Route>
          <Route path="/stock/expiring">
            <ExpiringList siteId={siteId} />
          </Route>
          <Route>
            <LowStock siteId={siteId} />
          </Route>
        </Switch>
      )}
    </div>
  );
}
