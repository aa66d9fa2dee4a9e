import { Button } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { lazyPart } from '../shell/lazy-part.tsx';
import { ScreenBoundary } from '../shell/screen-boundary.tsx';
import { activeFilters, useFilterChoice } from './session.tsx';
import styles from './catalogue.module.css';

const FilterSheet = lazyPart(() => import('./filter-sheet.tsx'));

/** The filters of a narrow window, behind a button that says how many are set. */
export function FilterDrawer() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { filter } = useFilterChoice();
  /** Null until it was opened for the first time. */
  const [opened, setOpened] = useState<boolean | null>(null);
  const active = activeFilters(filter);
  return (
    <>
      <Button
        variant="default"
        className={styles['filterButton']}
        leftSection={<IconAdjustmentsHorizontal aria-hidden size={20} />}
        onClick={() => setOpened(true)}
        aria-label={
          active > 0
            ? t('catalogue.filter.open', { count: active, formatted: formats.number(active) })
            : undefined
        }
      >
        {t('catalogue.filter.title')}
        {active > 0 && <span className={styles['badge']}>{formats.number(active)}</span>}
      </Button>
      {opened !== null && (
        <ScreenBoundary>
          <Suspense fallback={null}>
            <FilterSheet opened={opened} onClose={() => setOpened(false)} />
          </Suspense>
        </ScreenBoundary>
      )}
    </>
  );
}
