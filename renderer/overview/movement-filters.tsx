import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { person } from '../../shared/entities/person.ts';
import { CAUSES, MOVEMENT_KINDS } from '../../shared/entities/stock-movement.ts';
import { SiteSelect, useFollowedSites } from '../records/site-select.tsx';
import { useRecords } from '../records/use-records.ts';
import { dayEnd, dayStart } from './days.ts';
import type { MovementFilter } from './use-movement-history.ts';
import styles from './overview.module.css';

interface MovementFiltersProps {
  filter: MovementFilter;
  onChange: (filter: MovementFilter) => void;
}

/** What was moved, why, by whom, and when: each narrows, none is needed. */
export function MovementFilters({ filter, onChange }: MovementFiltersProps) {
  const { t } = useTranslation();
  const sites = useFollowedSites() ?? [];
  const people = useRecords(person);
  return (
    <div className={styles['filters']}>
      {sites.length > 1 && (
        <SiteSelect
          value={filter.siteId}
          onChange={(siteId) => siteId !== null && onChange({ ...filter, siteId })}
        />
      )}
      <Choice
        label={t('overview.kind')}
        options={MOVEMENT_KINDS.map((value) => ({ value, label: t(`stock.action.${value}`) }))}
        value={filter.kind}
        onChange={(kind) => onChange({ ...filter, kind })}
      />
      <Choice
        label={t('overview.cause')}
        options={CAUSES.map((value) => ({ value, label: t(`stock.cause.${value}`) }))}
        value={filter.cause}
        onChange={(cause) => onChange({ ...filter, cause })}
      />
      <Choice
        label={t('overview.person')}
        options={people.records.map(({ id, row }) => ({ value: id, label: row.name }))}
        value={filter.personId}
        onChange={(personId) => onChange({ ...filter, personId })}
      />
      <DayField
        label={t('overview.from')}
        value={filter.from}
        onChange={(day) => onChange({ ...filter, from: day === null ? null : dayStart(day) })}
      />
      <DayField
        label={t('overview.to')}
        value={filter.to === null ? null : filter.to - 1}
        onChange={(day) => onChange({ ...filter, to: day === null ? null : dayEnd(day) })}
      />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  /** Null: all of them. */
  value: T | null;
  onChange: (value: T | null) => void;
}

function Choice<T extends string>({ label, options, value, onChange }: ChoiceProps<T>) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={label}
      data={[{ value: '', label: t('overview.all') }, ...options]}
      value={value ?? ''}
      onChange={(event) =>
        onChange(
          options.find((option) => option.value === event.currentTarget.value)?.value ?? null,
        )
      }
    />
  );
}

interface DayFieldProps {
  label: string;
  /** Any moment of the day. */
  value: number | null;
  /** `2026-11-23`, by the clock on the wall. */
  onChange: (day: string | null) => void;
}

function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value === null ? '' : isoDay(value)}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  );
}

function isoDay(at: number): string {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
