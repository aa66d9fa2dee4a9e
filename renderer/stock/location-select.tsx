import { Select } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import type { Place } from './movement-draft.ts';
import styles from './stock.module.css';

const TEXT_LENGTH_MAX = 200;
const OPTIONS_MAX = 50;

interface LocationSelectProps {
  label: string;
  value: Place | null;
  onChange: (place: Place | null) => void;
  /** Only places of this site; null: of all. */
  siteId: string | null;
  /** Where the product is; these come first and say how much is there. */
  known: readonly (Place & { onHand: number })[];
  unit: string;
  error: string | undefined;
  autoFocus?: boolean | undefined;
}

/** A location by its code: start typing or scan. Enter takes the first that fits, the exact code before all others. */
export function LocationSelect(props: LocationSelectProps) {
  const { label, value, onChange, known, unit, error, autoFocus } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const { typed, setTyped, options, isReading, takeWhenRead } = useLocationOptions(props);
  const onHandOf = (id: string): number | undefined => known.find((one) => one.id === id)?.onHand;
  return (
    <div>
      <Select
        label={label}
        error={error}
        data-autofocus={autoFocus || undefined}
        searchable
        selectFirstOptionOnChange
        allowDeselect={false}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('stock.locationPlaceholder')}
        nothingFoundMessage={t(isReading ? 'records.loading' : 'stock.locationNone')}
        searchValue={typed}
        onSearchChange={setTyped}
        filter={({ options: all }) => all}
        maxDropdownHeight={280}
        data={options.map((place) => ({ value: place.id, label: labelOf(place) }))}
        value={value?.id ?? null}
        onChange={(id) => onChange(options.find((place) => place.id === id) ?? null)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !isReading) return;
          event.preventDefault();
          // The list itself shows that the read failed.
          takeWhenRead().catch(() => undefined);
        }}
        renderOption={({ option }) => {
          const place = options.find(({ id }) => id === option.value);
          if (!place) return option.label;
          const onHand = onHandOf(place.id);
          return (
            <span className={styles['option']}>
              <strong>{place.code}</strong>
              <span className="quiet">
                {[place.name, place.siteCode].filter(Boolean).join(' · ')}
              </span>
              {place.blocked && <span className={styles['blocked']}>{t('stock.blocked')}</span>}
              {onHand !== undefined && (
                <span className={styles['here']}>
                  {t('stock.here', { formatted: formats.number(onHand), unit })}
                </span>
              )}
            </span>
          );
        }}
      />
      {value?.blocked && (
        <p role="alert" className={styles['warning']}>
          <IconBan aria-hidden size={18} />
          {t('stock.blockedWarning')}
        </p>
      )}
    </div>
  );
}

function labelOf({ code, siteCode }: Place): string {
  return `${code} (${siteCode})`;
}

interface LocationOptions {
  typed: string;
  setTyped: (text: string) => void;
  options: readonly Place[];
  /** What fits the text is not known yet. */
  isReading: boolean;
  /** A scanner's Enter may come before the answer: the place is then taken as soon as it is known. */
  takeWhenRead: () => Promise<void>;
}

function useLocationOptions(props: LocationSelectProps): LocationOptions {
  const { value, onChange, siteId } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState('');
  // The field shows the chosen one; that is no search.
  const text = value && typed === labelOf(value) ? '' : typed.trim().slice(0, TEXT_LENGTH_MAX);
  const question = trpc.stock.locations.queryOptions({ siteId, text, limit: OPTIONS_MAX });
  const { data, isPending } = useQuery(question);
  const known = props.known.filter((place) => siteId === null || place.siteId === siteId);
  return {
    typed,
    setTyped,
    options: orderOf({ text, value, known }, data ?? []),
    isReading: isPending,
    takeWhenRead: async () => {
      const found = await queryClient.query({ ...question, staleTime: 'static' });
      const [first] = orderOf({ text, value: null, known }, found);
      if (first) onChange(first);
    },
  };
}

/** The exact code, then where the product is, then the rest; the chosen one is always among them. */
function orderOf(
  { text, value, known }: { text: string; value: Place | null; known: readonly Place[] },
  found: readonly Place[],
): readonly Place[] {
  const all = new Map<string, Place>();
  const add = (places: readonly Place[]): void => {
    for (const place of places) if (!all.has(place.id)) all.set(place.id, place);
  };
  add(found.filter(({ code }) => code.toLowerCase() === text.toLowerCase()));
  if (text === '') add(known);
  else add(found.filter(({ id }) => known.some((one) => one.id === id)));
  add(found);
  if (value) add([value]);
  return [...all.values()];
}
