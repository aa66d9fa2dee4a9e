import { IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useSyncStatus } from './use-sync-status.ts';
import styles from './sync.module.css';

function workOf({ pending, photos, conflicts, attention }: SyncStatus) {
  return { pending, photos, conflicts, attention };
}

/** What was done here and is not sent yet, and what needs a person. */
export function PendingWork() {
  const { t } = useTranslation();
  const formats = useFormats();
  const work = useSyncStatus(workOf);
  if (!work) return null;
  const { pending, photos, conflicts, attention } = work;
  return (
    <span className={styles['pending']} data-some={pending + photos > 0 || undefined}>
      <IconUpload aria-hidden size={18} />
      {pending + photos === 0 && t('status.pendingNone')}
      {pending > 0 && t('status.pending', { count: pending, formatted: formats.number(pending) })}
      {pending > 0 && photos > 0 && ' · '}
      {photos > 0 && t('status.photos', { count: photos, formatted: formats.number(photos) })}
      {conflicts > 0 && (
        <strong className={styles['conflicts']}>
          {t('status.conflicts', { count: conflicts, formatted: formats.number(conflicts) })}
        </strong>
      )}
      {attention > 0 && (
        <strong className={styles['conflicts']}>
          {t('status.attention', { count: attention, formatted: formats.number(attention) })}
        </strong>
      )}
    </span>
  );
}
