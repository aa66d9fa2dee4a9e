import { useTranslation } from 'react-i18next';
import type { SyncProgress } from '../../shared/desktop/sync-state.ts';
import { useFormats } from '../i18n/use-formats.ts';
import styles from './sync.module.css';

const PHASES_OF_NO_PLACE: ReadonlySet<SyncProgress['phase']> = new Set([
  'connecting',
  'sending',
  'photos',
]);

/** Phase, place, rows and rate of a running sync, in words. `brief` leaves out what a status bar has no room for. */
export function SyncProgressText({
  progress,
  brief = false,
}: {
  progress: SyncProgress;
  brief?: boolean | undefined;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { phase, siteName, rowsReceived, rowsTotal, rowsPerSecond } = progress;
  const rows =
    rowsTotal === null
      ? t('sync.rows', { count: rowsReceived, formatted: formats.number(rowsReceived) })
      : t('sync.rowsOf', {
          done: formats.number(rowsReceived),
          total: formats.number(rowsTotal),
        });
  return (
    <span className={styles['progressText']}>
      <span>
        {t(`sync.phase.${phase}`)}
        {!PHASES_OF_NO_PLACE.has(phase) && `: ${siteName ?? t('sync.place.catalogue')}`}
      </span>
      {rowsReceived > 0 && <span className="number">{rows}</span>}
      {!brief && rowsPerSecond > 0 && (
        <span className="number">
          {t('sync.rate', { formatted: formats.number(Math.round(rowsPerSecond)) })}
        </span>
      )}
      {!brief && progress.bytesReceived > 0 && (
        <span className="number">{formats.bytes(progress.bytesReceived)}</span>
      )}
    </span>
  );
}
