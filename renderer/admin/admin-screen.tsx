import { useTranslation } from 'react-i18next';
import { Link, Route, Switch, useLocation } from 'wouter';
import { AdminImport } from './admin-import.tsx';
import { AuditList } from './audit-list.tsx';
import { LaptopList } from './laptop-list.tsx';
import { OfflineNote } from './offline-note.tsx';
import { PeopleList } from './people-list.tsx';
import { RefusedList } from './refused-list.tsx';
import { SiteList } from './site-list.tsx';
import frame from '../style/frame.module.css';
import styles from '../sync-screen/sync-screen.module.css';

const PAGES = [
  ['/admin', 'people'],
  ['/admin/laptops', 'laptops'],
  ['/admin/sites', 'sites'],
  ['/admin/refused', 'refused'],
  ['/admin/audit', 'audit'],
  ['/admin/import', 'import'],
] as const;

/** What administrators see and change on the server. The server judges each call by itself. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function AdminScreen() {
  const { t } = useTranslation();
  const [location] = useLocation();
  return (
    <div className={frame['page']}>
      <header className={styles['head']}>
        <h1>{t('nav.admin')}</h1>
      </header>
      <nav className={frame['tabs']} aria-label={t('admin.pages')}>
        {PAGES.map(([path, name]) => (
          <Link
            key={path}
            href={path}
            className={frame['tab'] ?? ''}
            aria-current={location === path ? 'page' : undefined}
          >
            {t(`admin.tab.${name}`)}
          </Link>
        ))}
      </nav>
      <OfflineNote />
      <Switch>
        <Route path="/admin/laptops" component={LaptopList} />
        <Route path="/admin/sites" component={SiteList} />
        <Route path="/admin/refused" component={RefusedList} />
        <Route path="/admin/audit" component={AuditList} />
        <Route path="/admin/import" component={AdminImport} />
        <Route component={PeopleList} />
      </Switch>
    </div>
  );
}
