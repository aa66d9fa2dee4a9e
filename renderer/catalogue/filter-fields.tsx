import { Button, Select, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useTRPC } from '../trpc.ts';
import { BrandFilter } from './brand-filter.tsx';
import { CategoryTree } from './category-tree.tsx';
import { activeFilters, useFilterChoice } from './session.tsx';
import { StockFilter } from './stock-filter.tsx';
import styles from './catalogue.module.css';

// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function FilterFields() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { filter, changeFilter, clearFilter } = useFilterChoice();
  const { data: sites = [] } = useQuery(trpc.catalogue.sites.queryOptions());
  const followed = sites.filter((site) => site.followed);
  return (
    <div className={styles['fields']}>
      <StockFilter />
      {followed.length > 1 && (
        <Select
          label={t('catalogue.filter.site')}
          placeholder={t('catalogue.filter.siteAll')}
          data={followed.map((site) => ({ value: site.id, label: site.name }))}
          value={filter.siteId}
          onChange={(siteId) => changeFilter({ siteId })}
          clearable
          clearButtonProps={{ 'aria-label': t('common.clear') }}
        />
      )}
      <BrandFilter />
      <CategoryTree
        value={filter.categoryId}
        onChange={(categoryId) => changeFilter({ categoryId })}
      />
      <Switch
        label={t('catalogue.filter.archived')}
        checked={filter.archived}
        onChange={(event) => changeFilter({ archived: event.currentTarget.checked })}
        className={styles['switch']}
      />
      {activeFilters(filter) > 0 && (
        <Button variant="light" onClick={clearFilter}>
          {t('catalogue.filter.clear')}
        </Button>
      )}
    </div>
  );
}
