import { IconAlertTriangle, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import styles from './records.module.css';

/** What is special about a row, in words: it waits to be sent, or somebody must decide. The latter leads to where one decides. */
export function RecordBadges({ pending, conflict }: { pending: boolean; conflict: boolean }) {
  const { t } = useTranslation();
  if (!pending && !conflict) return null;
  return (
    <span className={styles['badges']}>
      {pending && (
        <span className={styles['badge']} data-tone="pending">
          <IconUpload aria-hidden size={14} />
          {t('records.pending')}
        </span>
      )}
      {conflict && (
        <Link href="/sync/decisions" className={styles['badge'] ?? ''} data-tone="conflict">
          <IconAlertTriangle aria-hidden size={14} />
          {t('records.conflict')}
        </Link>
      )}
    </span>
  );
}
