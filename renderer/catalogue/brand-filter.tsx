import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTRPC } from '../trpc.ts';
import { SEARCH_TEXT_LENGTH_MAX } from './search-text.ts';
import { useFilterChoice } from './session.tsx';

const TYPING_PAUSE_MS = 80;

/** There may be thousands of brands: the laptop's store searches them, the field shows what it found. */
export function BrandFilter() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { brand, setBrand } = useFilterChoice();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(
    // The field shows the chosen name; that is no search.
    typed === brand?.name ? '' : typed.trim().slice(0, SEARCH_TEXT_LENGTH_MAX),
    TYPING_PAUSE_MS,
  );
  const { data: found = [] } = useQuery(
    trpc.catalogue.brands.queryOptions({ text }, { placeholderData: keepPreviousData }),
  );
  const options =
    brand && !found.some(({ id }) => id === brand.id) ? [brand, ...found] : [...found];
  return (
    <Select
      label={t('catalogue.filter.brand')}
      placeholder={t('catalogue.filter.brandAll')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      nothingFoundMessage={t('catalogue.filter.brandNone')}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      data={options.map(({ id, name }) => ({ value: id, label: name }))}
      value={brand?.id ?? null}
      onChange={(id) => setBrand(options.find((option) => option.id === id) ?? null)}
    />
  );
}
