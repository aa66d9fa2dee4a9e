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
  /** Scans go to the screen's own work, though the field has the focus. */
  leavesScans?: boolean | undefined;
}

/** A location by its code: start typing or scan. Enter takes the first that fits, the exact code before all others. */
export function LocationSelect(props: LocationSelectProps) {
  const { label, value, onChange, known, unit, error, autoFocus } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const { typed, setTyped, text, options, isReading, find } = useLocationOptions(props);
  const [opened, setOpened] = useState(false);
  const take = async (): Promise<void> => {
    // The list itself shows that a read failed.
    const place = await find().catch(() => undefined);
    if (!place) return;
    onChange(place);
    setOpened(false);
  };
  const onHandOf = (id: string): number | undefined => known.find((one) => one.id === id)?.onHand;
  const enterTakes = text === '' ? undefined : meant(options, text);
  return (
    <div>
      <Select
        label={label}
        error={error}
        // Below the field the list would cover it.
        inputWrapperOrder={['label', 'error', 'input']}
        data-autofocus={autoFocus || undefined}
        searchable
        data-scan={props.leavesScans ? undefined : 'type'}
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
        dropdownOpened={opened}
        onDropdownOpen={() => setOpened(true)}
        onDropdownClose={() => setOpened(false)}
        onKeyDown={(event) => {
          const isOnOption = event.currentTarget.hasAttribute('aria-activedescendant');
          if (event.key !== 'Enter' || text === '' || isOnOption) return;
          event.preventDefault();
          void take();
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
              {place === enterTakes && (
                <kbd className={styles['enter']} aria-hidden>
                  Enter
                </kbd>
              )}
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
  // The site is left empty where only one is meant.
  return siteCode === '' ? code : `${code} (${siteCode})`;
}

/** What a typed text means: the exact code before the first that fits. A code that two sites have means neither. */
function meant(options: readonly Place[], text: string): Place | undefined {
  const exact = options.filter((place) => isCode(place, text));
  return exact.length > 1 ? undefined : (exact[0] ?? options[0]);
}

function isCode({ code }: Place, text: string): boolean {
  return code.toLowerCase() === text.toLowerCase();
}

interface LocationOptions {
  typed: string;
  setTyped: (text: string) => void;
  /** What is searched for; empty while the field shows the chosen one. */
  text: string;
  options: readonly Place[];
  /** What fits the text is not known yet. */
  isReading: boolean;
  /** What the text means, once it is known: a scanner's Enter may come before the answer. */
  find: () => Promise<Place | undefined>;
}

function useLocationOptions(props: LocationSelectProps): LocationOptions {
  const { value, siteId } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState('');
  const text = value && typed === labelOf(value) ? '' : typed.trim().slice(0, TEXT_LENGTH_MAX);
  const question = trpc.stock.locations.queryOptions({ siteId, text, limit: OPTIONS_MAX });
  const { data, isPending } = useQuery(question);
  const known = props.known.filter((place) => siteId === null || place.siteId === siteId);
  return {
    typed,
    setTyped,
    text,
    options: orderOf({ text, value, known }, data ?? []),
    isReading: isPending,
    find: async () => {
      const found = await queryClient.query({ ...question, staleTime: 'static' });
      return meant(orderOf({ text, value: null, known }, found), text);
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
  add(found.filter((place) => isCode(place, text)));
  if (text === '') add(known);
  else add(found.filter(({ id }) => known.some((one) => one.id === id)));
  add(found);
  if (value) add([value]);
  return [...all.values()];
}
