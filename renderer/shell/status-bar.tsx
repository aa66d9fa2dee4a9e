import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { PersonLink } from '../people/person-link.tsx';
import { PendingWork } from '../sync/pending-work.tsx';
import { SyncButton } from '../sync/sync-button.tsx';
import { SyncProgressBar } from '../sync/sync-progress-bar.tsx';
import { SyncStatus } from '../sync/sync-status.tsx';
import { useSyncStatus } from '../sync/use-sync-status.ts';
import styles from './shell.module.css';

/** The always visible status, at the foot of every screen. Touching it opens the details. */
export function StatusBar() {
  const { t } = useTranslation();
  const [location] = useLocation();
  return (
    <footer className={styles['bar']} aria-label={t('status.label')}>
      <BarProgress />
      <Link href="/sync" className={styles['barStatus'] ?? ''} title={t('status.details')}>
        <SyncStatus />
        <PendingWork />
      </Link>
      <PersonLink />
      {!location.startsWith('/sync') && <SyncButton size="sm" variant="light" />}
    </footer>
  );
}

function BarProgress() {
  const progress = useSyncStatus(({ running }) => running?.progress);
  if (!progress) return null;
  return (
    <div className={styles['barProgress']}>
      <SyncProgressBar progress={progress} thin />
    </div>
  );
}
