import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { IconMapPin, IconPackage, type TablerIcon } from '@tabler/icons-react';
import { matchSorter } from 'match-sorter';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useTRPC } from '../trpc.ts';
import type { Command } from './command.ts';
import { PALETTE_COMMAND } from './command-ids.ts';
import { useCommandRegistry, useCommands } from './commands-context.tsx';

/** One line of the palette. */
export interface PaletteEntry {
  id: string;
  words: string;
  detail?: string | undefined;
  keys?: string | undefined;
  Icon: TablerIcon | undefined;
  run: () => void;
}

export interface PaletteGroup {
  name: 'recent' | 'actions' | 'places' | 'products' | 'locations';
  entries: readonly PaletteEntry[];
}

const PRODUCTS_MAX = 6;
const LOCATIONS_MAX = 4;
/** One letter finds half of the catalogue. */
const LETTERS_MIN = 2;
const TYPING_PAUSE_MS = 60;

/** What the palette offers for a text: actions and places by their words, products and locations of this laptop. */
export function usePaletteEntries(text: string): {
  groups: readonly PaletteGroup[];
  isPending: boolean;
} {
  const commands = useCommandGroups(text.trim());
  const rows = useRowGroups(text.trim());
  const groups = [...commands, ...rows.groups].filter(({ entries }) => entries.length > 0);
  return { groups, isPending: rows.isPending };
}

function useCommandGroups(text: string): readonly PaletteGroup[] {
  const registry = useCommandRegistry();
  const enabled = useCommands().filter(
    ({ id, isEnabled }) => id !== PALETTE_COMMAND && (isEnabled?.() ?? true),
  );
  const entryOf = ({ id, words, keys, Icon, ...command }: Command): PaletteEntry => ({
    id,
    words,
    keys,
    Icon,
    run: () => {
      registry.remember(id);
      command.run();
    },
  });
  const groupsOf = (some: readonly Command[]): readonly PaletteGroup[] => [
    { name: 'actions', entries: some.filter(({ isPlace }) => !isPlace).map(entryOf) },
    { name: 'places', entries: some.filter(({ isPlace }) => isPlace).map(entryOf) },
  ];
  if (text !== '') {
    const found = matching(enabled, text);
    const groups = groupsOf(found);
    // The best of all is the first of all.
    return found[0]?.isPlace === true ? groups.toReversed() : groups;
  }
  const recentIds = registry.recentIds();
  const recent = recentIds.flatMap((id) => enabled.find((command) => command.id === id) ?? []);
  const others = enabled.filter(({ id }) => !recentIds.includes(id));
  return [{ name: 'recent', entries: recent.map(entryOf) }, ...groupsOf(others)];
}

/** Each word of the text somewhere in the command's words, accents and case aside, the best first. */
function matching(commands: readonly Command[], text: string): readonly Command[] {
  return text.split(/\s+/).reduceRight<readonly Command[]>(
    (left, word) =>
      matchSorter(left, word, {
        keys: [({ words }) => words, ({ searchWords }) => searchWords ?? ''],
      }),
    commands,
  );
}

function useRowGroups(text: string): { groups: readonly PaletteGroup[]; isPending: boolean } {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const [, navigate] = useLocation();
  const [asked] = useDebouncedValue(text, TYPING_PAUSE_MS);
  const isAsked = asked.length >= LETTERS_MIN && text.length >= LETTERS_MIN;
  const options = { enabled: isAsked, placeholderData: keepPreviousData } as const;
  const products = useQuery(
    trpc.catalogue.search.queryOptions(
      { text: asked, limit: PRODUCTS_MAX },
      { ...options, trpc: { abortOnUnmount: true } },
    ),
  );
  const locations = useQuery(
    trpc.stock.locations.queryOptions(
      { text: asked, siteId: null, limit: LOCATIONS_MAX },
      { ...options, trpc: { abortOnUnmount: true } },
    ),
  );
  if (!isAsked) return { groups: [], isPending: text.length >= LETTERS_MIN };
  const productEntries = (products.data?.items ?? []).map(({ id, name, sku }): PaletteEntry => ({
    id: `product ${id}`,
    words: name,
    detail: sku,
    Icon: IconPackage,
    run: () => navigate(`/product/${id}`),
  }));
  const locationEntries = (locations.data ?? []).map(
    ({ id, code, name, siteCode }): PaletteEntry => ({
      id: `location ${id}`,
      words: name === null ? code : t('commands.codeAndName', { code, name }),
      detail: siteCode,
      Icon: IconMapPin,
      run: () => navigate('/locations', { state: { text: code } }),
    }),
  );
  return {
    groups: [
      { name: 'products', entries: productEntries },
      { name: 'locations', entries: locationEntries },
    ],
    isPending: products.isFetching || locations.isFetching || asked !== text,
  };
}
