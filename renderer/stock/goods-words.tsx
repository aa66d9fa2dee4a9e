import { useTranslation } from 'react-i18next';
import { useEnvironment } from '../environment.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { isExpired } from './lot-fields.tsx';
import styles from './stock.module.css';

interface GoodsWordsProps {
  goods: { lot: string; serial: string; expiresOn: number | null };
}

/** What tells goods apart, in words: lot, number, and until when they may be used. */
export function GoodsWords({ goods: { lot, serial, expiresOn } }: GoodsWordsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { now } = useEnvironment();
  return (
    <>
      {lot !== '' && (
        <span>
          {t('stock.lot')} {lot}
        </span>
      )}
      {serial !== '' && (
        <span>
          {t('stock.serial')} {serial}
        </span>
      )}
      {expiresOn !== null && <span>{t('stock.until', { day: formats.day(expiresOn) })}</span>}
      {expiresOn !== null && isExpired(expiresOn, now()) && (
        <span className={styles['expired']}>{t('stock.expiredBadge')}</span>
      )}
    </>
  );
}
