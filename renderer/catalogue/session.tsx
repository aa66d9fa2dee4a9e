import { type Context, createContext, type ReactNode, use, useMemo, useRef, useState } from 'react';
import type { BrandOption, CatalogueFilter } from '../../shared/desktop/catalogue-views.ts';

const NO_FILTER: CatalogueFilter = {
  categoryId: null,
  brandId: null,
  siteId: null,
  stock: 'any',
  archived: false,
};

/** Where the list stands. `activeIndex` is -1 while no row is selected. */
export interface ListPlace {
  /** Pixels of rows above the view. */
  offset: number;
  activeIndex: number;
}

const TOP: ListPlace = { offset: 0, activeIndex: -1 };

/** What the catalogue remembers while other screens are open, so that the way back leads to the same place. */
export interface SearchText {
  text: string;
  setText: (text: string) => void;
}

export interface FilterChoice {
  filter: CatalogueFilter;
  changeFilter: (patch: Partial<CatalogueFilter>) => void;
  clearFilter: () => void;
  /** The chosen brand with its name, which the list of options may not hold any more. */
  brand: BrandOption | null;
  setBrand: (brand: BrandOption | null) => void;
}

export interface ListPlaceMemory {
  place: () => ListPlace;
  /** Draws nothing again: it is called on every scroll. */
  rememberPlace: (patch: Partial<ListPlace>) => void;
}

// One context each, so that a typed letter draws no filter and no row again.
const TextContext = createContext<SearchText | null>(null);
const FilterContext = createContext<FilterChoice | null>(null);
const PlaceContext = createContext<ListPlaceMemory | null>(null);

export function CatalogueSessionProvider({ children }: { children: ReactNode }) {
  const memory = useListPlaceMemory();
  const text = useTextState(memory);
  const filter = useFilterState(memory);
  return (
    <PlaceContext value={memory}>
      <TextContext value={text}>
        <FilterContext value={filter}>{children}</FilterContext>
      </TextContext>
    </PlaceContext>
  );
}

function useListPlaceMemory(): ListPlaceMemory {
  const current = useRef(TOP);
  return useMemo(
    () => ({
      place: () => current.current,
      rememberPlace: (patch) => {
        current.current = { ...current.current, ...patch };
      },
    }),
    [],
  );
}

function useTextState({ rememberPlace }: ListPlaceMemory): SearchText {
  const [text, setText] = useState('');
  return useMemo(
    () => ({
      text,
      setText: (next) => {
        rememberPlace(TOP);
        setText(next);
      },
    }),
    [text, rememberPlace],
  );
}

function useFilterState({ rememberPlace }: ListPlaceMemory): FilterChoice {
  const [filter, setFilter] = useState(NO_FILTER);
  const [brand, setBrand] = useState<BrandOption | null>(null);
  return useMemo(
    () => ({
      filter,
      changeFilter: (patch) => {
        rememberPlace(TOP);
        setFilter((old) => ({ ...old, ...patch }));
      },
      clearFilter: () => {
        rememberPlace(TOP);
        setFilter(NO_FILTER);
        setBrand(null);
      },
      brand,
      setBrand: (next) => {
        rememberPlace(TOP);
        setBrand(next);
        setFilter((old) => ({ ...old, brandId: next?.id ?? null }));
      },
    }),
    [filter, brand, rememberPlace],
  );
}

export function useSearchText(): SearchText {
  return useOf(TextContext);
}

export function useFilterChoice(): FilterChoice {
  return useOf(FilterContext);
}

export function useListPlace(): ListPlaceMemory {
  return useOf(PlaceContext);
}

function useOf<T>(context: Context<T | null>): T {
  const value = use(context);
  if (!value) throw new Error('CatalogueSessionProvider is missing above this component');
  return value;
}

/** How many filters narrow the list. */
export function activeFilters(filter: CatalogueFilter): number {
  return (Object.keys(NO_FILTER) as (keyof CatalogueFilter)[]).filter(
    (name) => filter[name] !== NO_FILTER[name],
  ).length;
}
