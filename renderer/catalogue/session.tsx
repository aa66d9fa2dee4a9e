import { createContext, type ReactNode, use, useMemo, useRef, useState } from 'react';
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
export interface CatalogueSession {
  text: string;
  setText: (text: string) => void;
  filter: CatalogueFilter;
  changeFilter: (patch: Partial<CatalogueFilter>) => void;
  clearFilter: () => void;
  /** The chosen brand with its name, which the list of options may not hold any more. */
  brand: BrandOption | null;
  setBrand: (brand: BrandOption | null) => void;
  place: () => ListPlace;
  /** Draws nothing again: it is called on every scroll. */
  rememberPlace: (patch: Partial<ListPlace>) => void;
}

const SessionContext = createContext<CatalogueSession | null>(null);

export function CatalogueSessionProvider({ children }: { children: ReactNode }) {
  const [text, setText] = useState('');
  const [filter, setFilter] = useState(NO_FILTER);
  const [brand, setBrand] = useState<BrandOption | null>(null);
  const place = useRef(TOP);
  const session = useMemo<CatalogueSession>(() => {
    const toTop = (): void => {
      place.current = TOP;
    };
    return {
      text,
      setText: (next) => {
        toTop();
        setText(next);
      },
      filter,
      changeFilter: (patch) => {
        toTop();
        setFilter((old) => ({ ...old, ...patch }));
      },
      clearFilter: () => {
        toTop();
        setFilter(NO_FILTER);
        setBrand(null);
      },
      brand,
      setBrand: (next) => {
        toTop();
        setBrand(next);
        setFilter((old) => ({ ...old, brandId: next?.id ?? null }));
      },
      place: () => place.current,
      rememberPlace: (patch) => {
        place.current = { ...place.current, ...patch };
      },
    };
  }, [text, filter, brand]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useCatalogueSession(): CatalogueSession {
  const session = use(SessionContext);
  if (!session) throw new Error('CatalogueSessionProvider is missing above this component');
  return session;
}

/** How many filters narrow the list. */
export function activeFilters(filter: CatalogueFilter): number {
  return (Object.keys(NO_FILTER) as (keyof CatalogueFilter)[]).filter(
    (name) => filter[name] !== NO_FILTER[name],
  ).length;
}
