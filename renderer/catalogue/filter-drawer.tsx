import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { FilterFields } from './filter-fields.tsx';
import { activeFilters, useCatalogueSession } from './session.tsx';
import styles from './catalogue.module.css';

/** The filters of a narrow window, behind a button that says how many are set. */
export function FilterDrawer() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { filter } = useCatalogueSession();
  const [opened, { open, close }] = useDisclosure(false);
  const active = activeFilters(filter);
  return (
    <>
      <Button
        variant="default"
        className={styles['filterButton']}
        leftSection={<IconAdjustmentsHorizontal aria-hidden size={20} />}
        onClick={open}
        aria-label={
          active > 0
            ? t('catalogue.filter.open', { count: active, formatted: formats.number(active) })
            : undefined
        }
      >
        {t('catalogue.filter.title')}
        {active > 0 && <span className={styles['badge']}>{formats.number(active)}</span>}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        title={t('catalogue.filter.title')}
        closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
        size="21rem"
      >
        <FilterFields />
      </Drawer>
    </>
  );
}
