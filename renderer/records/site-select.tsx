import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SiteView } from '../../shared/desktop/catalogue-views.ts';
import { useTRPC } from '../trpc.ts';

/** The sites whose rows are on this laptop; undefined until they are read. */
export function useFollowedSites(): readonly SiteView[] | undefined {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.catalogue.sites.queryOptions());
  return data?.filter(({ followed }) => followed);
}

interface SiteSelectProps {
  value: string | null;
  onChange: (siteId: string | null) => void;
  /** With it, null means all sites and can be chosen. */
  allLabel?: string | undefined;
  error?: string | undefined;
  className?: string | undefined;
}

export function SiteSelect({ value, onChange, allLabel, error, className }: SiteSelectProps) {
  const { t } = useTranslation();
  const sites = useFollowedSites() ?? [];
  return (
    <Select
      className={className ?? ''}
      label={t('records.column.site_id')}
      error={error}
      allowDeselect={false}
      placeholder={allLabel}
      clearable={allLabel !== undefined}
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      data={sites.map(({ id, name, code }) => ({ value: id, label: `${name} (${code})` }))}
      value={value}
      onChange={onChange}
    />
  );
}
