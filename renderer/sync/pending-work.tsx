import { IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useSync } from './use-sync.ts';
import styles from './sync.module.css';

/** What was done here and is not sent yet, and what needs a person. */
export function PendingWork() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { status } = useSync();
  if (!status) return null;
  const { pending, conflicts, attention } = status;
  return (
    <span className={styles['pending']} data-some={pending > 0 || undefined}>
      <IconUpload aria-hidden size={18} />
      {pending === 0
        ? t('status.pendingNone')
        : t('status.pending', { count: pending, formatted: formats.number(pending) })}
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
