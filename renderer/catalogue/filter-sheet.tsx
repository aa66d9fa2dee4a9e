import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import FilterFields from './filter-fields.tsx';

// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function FilterSheet(props: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      {...props}
      title={t('catalogue.filter.title')}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
      size="21rem"
    >
      <FilterFields />
    </Drawer>
  );
}
