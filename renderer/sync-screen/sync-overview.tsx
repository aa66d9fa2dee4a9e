import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useTRPC } from '../trpc.ts';
import { LogTable } from './log-table.tsx';
import { ScopeTable } from './scope-table.tsx';
import { SyncFacts } from './sync-facts.tsx';
import styles from './sync-screen.module.css';

const ENTRIES_SHOWN = 6;

/** Where things stand: the data's age, the server, the work, what is on this laptop, the last runs. */
export function SyncOverview() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data: entries } = useQuery(trpc.sync.log.queryOptions({ limit: ENTRIES_SHOWN }));
  return (
    <>
      <SyncFacts />
      <ScopeTable />
      <section className={styles['card']} aria-labelledby="sync-runs">
        <h2 id="sync-runs">{t('sync.runs.title')}</h2>
        {entries?.length === 0 && <p className="quiet">{t('sync.runs.empty')}</p>}
        {entries && entries.length > 0 && (
          <>
            <LogTable entries={entries} labelledBy="sync-runs" />
            <Link href="/sync/log" className={styles['more'] ?? ''}>
              {t('sync.runs.all')}
            </Link>
          </>
        )}
      </section>
    </>
  );
}
