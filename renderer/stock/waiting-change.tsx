import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import styles from './stock.module.css';

/** How much of a quantity the server does not know yet, in words. */
export function WaitingChange({ change }: { change: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (change === 0) return null;
  return (
    <span className={styles['waiting']}>
      {t('stock.waiting', { change: formats.signed(change) })}
    </span>
  );
}
