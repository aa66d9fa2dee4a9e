import { useTranslation } from 'react-i18next';
import styles from './catalogue.module.css';

const COLUMNS = ['product', 'category', 'brand', 'onHand', 'price'] as const;

/** For the eye only: each row says its parts to a screen reader in the same order. */
export function ListHeader() {
  const { t } = useTranslation();
  return (
    <div className={styles['header']} aria-hidden>
      {COLUMNS.map((column) => (
        <span key={column} className={styles[column]}>
          {t(`catalogue.column.${column}`)}
        </span>
      ))}
    </div>
  );
}
