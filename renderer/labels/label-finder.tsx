import { Select } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchHotkeys } from '../catalogue/use-search-hotkeys.ts';
import { useTRPCClient } from '../trpc.ts';
import { findToLabel, firstMeant, type FoundToLabel } from './find-to-label.ts';
import { type LabelPlace, labelPlaceOf } from './label-item.ts';
import { useScanToLabel } from './use-scan-to-label.ts';
import styles from './labels.module.css';

const TEXT_LENGTH_MAX = 200;

interface LabelFinderProps {
  onProduct: (id: string) => void;
  onPlace: (place: LabelPlace) => void;
}

/** One field for all that can be labelled: type or scan. What is taken goes into the list, and the field is free again. */
export function LabelFinder({ onProduct, onPlace }: LabelFinderProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState(false);
  const [missed, setMissed] = useState<string | null>(null);
  const text = typed.trim().slice(0, TEXT_LENGTH_MAX);
  const { found, isReading, take } = useFound(text);
  useSearchHotkeys(field);
  const add = ({ products, places }: FoundToLabel): void => {
    for (const { id } of products) onProduct(id);
    for (const place of places) onPlace(labelPlaceOf(place));
  };
  useScanToLabel(add);
  const takeTyped = async (): Promise<void> => {
    setTyped('');
    // The list itself shows that nothing could be read.
    const meant = await take().catch(() => undefined);
    if (!meant) return;
    add(meant);
    setMissed(meant.products.length + meant.places.length === 0 ? text : null);
  };
  return (
    <Select
      ref={field}
      label={t('labels.find')}
      placeholder={t('labels.findPlaceholder')}
      error={missed === null ? undefined : t('labels.notFound', { text: missed })}
      leftSection={<IconSearch aria-hidden size={20} />}
      rightSection={null}
      searchable
      autoFocus
      autoComplete="off"
      spellCheck={false}
      maxDropdownHeight={320}
      openOnFocus={false}
      // An empty field has nothing to offer yet.
      dropdownOpened={opened && text !== ''}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      nothingFoundMessage={t(isReading ? 'records.loading' : 'records.noneFound')}
      searchValue={typed}
      onSearchChange={(next) => {
        setTyped(next);
        if (next !== '') setMissed(null);
      }}
      filter={({ options }) => options}
      data={[
        {
          group: t('labels.products'),
          items: found.products.map(({ id, name }) => ({ value: id, label: name })),
        },
        {
          group: t('labels.places'),
          items: found.places.map(({ id, code }) => ({ value: id, label: code })),
        },
      ].filter(({ items }) => items.length > 0)}
      value={null}
      onChange={(chosen) => {
        add({
          products: found.products.filter(({ id }) => id === chosen),
          places: found.places.filter(({ id }) => id === chosen),
        });
        setTyped('');
      }}
      onKeyDown={(event) => {
        const isOnOption = event.currentTarget.hasAttribute('aria-activedescendant');
        if (event.key !== 'Enter' || text === '' || isOnOption) return;
        event.preventDefault();
        void takeTyped();
      }}
      renderOption={({ option }) => (
        <span className={styles['option']}>
          <strong>{option.label}</strong>
          <span className="quiet">{hintOf(found, option.value)}</span>
        </span>
      )}
    />
  );
}

function hintOf({ products, places }: FoundToLabel, id: string): string | null {
  const place = places.find((one) => one.id === id);
  if (place) return [place.name, place.siteCode].filter(Boolean).join(' · ');
  return products.find((one) => one.id === id)?.sku ?? null;
}

const NOTHING: FoundToLabel = { products: [], places: [] };

function useFound(text: string) {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { data, isPending } = useQuery({
    queryKey: ['findToLabel', text],
    queryFn: ({ signal }) => findToLabel(client, text, signal),
    enabled: text !== '',
    // It is of several entities, so no event would tell that it is old: it is read for each text anew.
    staleTime: 0,
    gcTime: 0,
  });
  return {
    found: data ?? NOTHING,
    isReading: isPending && text !== '',
    /** A scanner's Enter may come before the list. */
    take: (): Promise<FoundToLabel> =>
      queryClient.query({
        queryKey: ['firstToLabel', text],
        queryFn: ({ signal }) => firstMeant(client, text, signal),
        staleTime: 0,
        gcTime: 0,
      }),
  };
}
