import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { StatusIcon } from '../sync/status-icon.tsx';
import { statusWordOf } from '../sync/status-word.ts';
import { useNetwork } from '../sync/use-network.ts';
import { useSyncStatus } from '../sync/use-sync-status.ts';
import { useConnection } from '../use-connection.ts';
import { useNow } from '../use-now.ts';
import styles from './home.module.css';

const AGE_TICK_MS = 10_000;

/** The numbers that a run's progress does not touch, so that it draws nothing here. */
function shownOf({ state, running, lastSuccessAt, pending, conflicts, attention }: SyncStatus) {
  return { state, isRunning: running !== null, lastSuccessAt, pending, conflicts, attention };
}

/** Where sync stands, and how much of this laptop's work nobody else knows yet. */
export function HomeSync() {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(AGE_TICK_MS);
  const connection = useConnection();
  const network = useNetwork();
  const word = useSyncStatus((status) => statusWordOf(connection, status, network)) ?? 'loading';
  const shown = useSyncStatus(shownOf);
  const count = shown?.pending ?? 0;
  const lastSuccessAt = shown?.lastSuccessAt ?? null;
  return (
    <section className={styles['card']} aria-labelledby="home-sync">
      <h2 id="home-sync">{t('nav.sync')}</h2>
      <Link href="/sync" className={styles['item'] ?? ''}>
        <StatusIcon word={word} />
        <span>
          <strong>{t(`status.${word}`)}</strong>
          {lastSuccessAt !== null && (
            <small>
              {t('status.dataFrom', {
                ago: formats.relative(lastSuccessAt, now) ?? t('time.justNow'),
              })}
            </small>
          )}
          <small>
            {count === 0
              ? t('status.pendingNone')
              : t('status.pending', { count, formatted: formats.number(count) })}
          </small>
        </span>
      </Link>
    </section>
  );
}
