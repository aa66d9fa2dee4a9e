import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SyncProgress } from '../../shared/desktop/sync-state.ts';
import styles from './sync.module.css';

const PERCENT = 100;

/** Share of the expected rows, or a moving bar while their number is not known. */
export function SyncProgressBar({
  progress,
  thin = false,
}: {
  progress: SyncProgress;
  thin?: boolean | undefined;
}) {
  const { t } = useTranslation();
  const { rowsReceived, rowsTotal } = progress;
  const known = rowsTotal !== null && rowsTotal > 0;
  const percent = known
    ? Math.min(PERCENT, Math.floor((rowsReceived / rowsTotal) * PERCENT))
    : null;
  return (
    <Progress.Root size={thin ? 3 : 12} radius={thin ? 0 : 'xl'}>
      <Progress.Section
        value={percent ?? PERCENT}
        animated={percent === null}
        withAria={false}
        className={styles['bar']}
        role="progressbar"
        aria-label={t('sync.progressLabel')}
        aria-valuemin={0}
        aria-valuemax={PERCENT}
        // An unknown share is said by leaving the value out.
        {...(percent === null ? {} : { 'aria-valuenow': percent })}
      />
    </Progress.Root>
  );
}
