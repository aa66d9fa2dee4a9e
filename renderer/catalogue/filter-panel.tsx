import { memo, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../shell/lazy-part.tsx';
import { ScreenBoundary } from '../shell/screen-boundary.tsx';
import styles from './catalogue.module.css';

const FilterFields = lazyPart(() => import('./filter-fields.tsx'));

/** The filters of a wide window, always open beside the list. `waits` keeps them from delaying the first rows. */
export const FilterPanel = memo(function FilterPanel({ waits }: { waits: boolean }) {
  const { t } = useTranslation();
  return (
    <aside className={styles['panel']} aria-label={t('catalogue.filter.title')}>
      <ScreenBoundary>
        <Suspense fallback={null}>{!waits && <FilterFields />}</Suspense>
      </ScreenBoundary>
    </aside>
  );
});
