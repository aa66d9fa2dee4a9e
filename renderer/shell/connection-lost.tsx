import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../use-connection.ts';
import styles from './shell.module.css';

export function ConnectionLost() {
  const { t } = useTranslation();
  if (useConnection() === 'connected') return null;
  return (
    <p className={styles['lost']} role="alert">
      <IconPlugConnectedX aria-hidden size={20} />
      <span>
        <strong>{t('app.lost.title')}.</strong> {t('app.lost.text')}
      </span>
    </p>
  );
}
