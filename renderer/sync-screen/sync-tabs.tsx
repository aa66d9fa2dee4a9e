import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useFormats } from '../i18n/use-formats.ts';
import { useSync } from '../sync/use-sync.ts';
import frame from '../style/frame.module.css';
import styles from './sync-screen.module.css';

const PAGES = [
  ['/sync', 'overview'],
  ['/sync/waiting', 'waiting'],
  ['/sync/decisions', 'decisions'],
  ['/sync/log', 'log'],
] as const;

/** The pages of sync, each with what is on it to do. */
export function SyncTabs() {
  const { t } = useTranslation();
  const formats = useFormats();
  const [location] = useLocation();
  const { status } = useSync();
  const { pending = 0, attention = 0, conflicts = 0 } = status ?? {};
  const counts = { overview: 0, waiting: pending + attention, decisions: conflicts, log: 0 };
  const urgent = { overview: false, waiting: attention > 0, decisions: true, log: false };
  return (
    <nav className={frame['tabs']} aria-label={t('sync.tabs.label')}>
      {PAGES.map(([path, name]) => (
        <Link
          key={path}
          href={path}
          className={frame['tab'] ?? ''}
          aria-current={location === path ? 'page' : undefined}
        >
          {t(`sync.tabs.${name}`)}
          {counts[name] > 0 && (
            <span className={styles['count']} data-urgent={urgent[name] || undefined}>
              {formats.number(counts[name])}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
