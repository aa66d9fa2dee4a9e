import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTRPC } from '../trpc.ts';
import { recordTitle } from './record-fields.ts';
import { type ReferenceOption, useReferenceOptions } from './use-reference-options.ts';
import styles from './records.module.css';

const TEXT_LENGTH_MAX = 200;

interface ReferencePickerProps {
  /** What is pointed to. */
  entity: string;
  /** Only rows of this site; null: of all. */
  siteId: string | null;
  label: string;
  error: string | undefined;
  clearable: boolean;
  value: string | null;
  onChange: (id: string | null) => void;
  /** Scans go to the screen's own work, though the field has the focus. */
  leavesScans?: boolean | undefined;
}

/**
 * A row of another entity, found by what people call it: type or scan. Enter takes the first that fits. Costly to draw: with the
 * same `onChange` each time it is not drawn again with everything around it.
 */
export const ReferencePicker = memo(function ReferencePicker(props: ReferencePickerProps) {
  const { entity, siteId, label, error, clearable, value, onChange, leavesScans } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState(false);
  const chosen = useChosen(entity, value);
  const isSearching = chosen === null || typed !== chosen.title;
  const text = isSearching ? typed.trim().slice(0, TEXT_LENGTH_MAX) : '';
  const { options, isReading, findFirst } = useReferenceOptions({ entity, siteId, text });
  const isListed = chosen === null || options.some(({ id }) => id === chosen.id);
  const shown = isListed ? options : [chosen, ...options];
  const take = async (): Promise<void> => {
    const option = await findFirst();
    if (!option) return;
    onChange(option.id);
    setTyped(option.title);
    setOpened(false);
  };
  return (
    <Select
      label={label}
      error={error}
      searchable
      data-scan={leavesScans ? undefined : 'type'}
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      allowDeselect={false}
      autoComplete="off"
      spellCheck={false}
      placeholder={t('records.find')}
      nothingFoundMessage={t(isReading ? 'records.loading' : 'records.noneFound')}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      maxDropdownHeight={280}
      data={shown.map(({ id, title }) => ({ value: id, label: title }))}
      value={value}
      onChange={onChange}
      dropdownOpened={opened}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      onKeyDown={(event) => {
        const isOnOption = event.currentTarget.hasAttribute('aria-activedescendant');
        if (event.key !== 'Enter' || text === '' || isOnOption) return;
        event.preventDefault();
        // The list itself shows that nothing was read.
        take().catch(() => undefined);
      }}
      renderOption={({ option }) => (
        <span className={styles['option']}>
          <strong>{option.label}</strong>
          <span className="quiet">{shown.find(({ id }) => id === option.value)?.hint}</span>
        </span>
      )}
    />
  );
});

/** The row that is chosen already, whether or not it is among those that fit what is typed. */
function useChosen(entity: string, id: string | null): ReferenceOption | null {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.records.get.queryOptions({ entity, id: id ?? '' }),
    enabled: id !== null,
  });
  if (id === null || data === undefined) return null;
  return { id, title: data ? recordTitle(data.row) : t('records.notHere'), hint: null };
}
