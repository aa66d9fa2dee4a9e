import { useTranslation } from 'react-i18next';
import type { SyncProgress } from '../../shared/desktop/sync-state.ts';
import { SyncProgressBar } from '../sync/sync-progress-bar.tsx';
import { SyncProgressText } from '../sync/sync-progress-text.tsx';
import styles from './sync-screen.module.css';

export function RunningSync({ progress }: { progress: SyncProgress }) {
  const { t } = useTranslation();
  return (
    <section className={styles['card']} aria-label={t('status.syncing')}>
      <SyncProgressBar progress={progress} />
      <div className={styles['running']}>
        <SyncProgressText progress={progress} />
      </div>
    </section>
  );
}
