import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireError } from '../../shared/errors.ts';
import styles from './sync.module.css';

/** What went wrong and what to do, in the reader's words. The English log sentence is there for support only. */
export function ErrorWords({
  error,
  action,
}: {
  error: WireError;
  action?: ReactNode | undefined;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles['error']} role="alert">
      <IconAlertTriangle aria-hidden size={24} />
      <div>
        <strong>{t(`error.${error.code}.title`)}</strong>
        <p>{t(`error.${error.code}.next`)}</p>
        {error.message !== '' && (
          <p className={styles['technical']} lang="en">
            {t('sync.technical', { message: error.message })}
          </p>
        )}
        {action}
      </div>
    </div>
  );
}
