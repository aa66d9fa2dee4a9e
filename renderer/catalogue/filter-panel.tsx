import { useTranslation } from 'react-i18next';
import { FilterFields } from './filter-fields.tsx';
import styles from './catalogue.module.css';

/** The filters of a wide window, always open beside the list. */
export function FilterPanel() {
  const { t } = useTranslation();
  return (
    <aside className={styles['panel']} aria-label={t('catalogue.filter.title')}>
      <FilterFields />
    </aside>
  );
}
