import type { QueryFilters } from '@tanstack/react-query';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { DesktopRouter } from '../../main/app/desktop-router.ts';
import { TALLIES_CHANGED } from '../../shared/desktop/tallies-changed.ts';

type Procedures = TRPCOptionsProxy<DesktopRouter>;
type CatalogueQuery = 'search' | 'window' | 'count' | 'product' | 'categories' | 'brands' | 'sites';
type StockQuery = 'ofProduct' | 'movements' | 'locations' | 'putAway';
type Group = 'counts' | 'deliveries' | 'overview' | 'tally';

interface Shown {
  catalogue: readonly CatalogueQuery[];
  stock: readonly StockQuery[];
  /** Groups of answers that show it somewhere or other. */
  groups?: readonly Group[] | undefined;
}

const LISTS = ['search', 'window', 'count', 'product'] as const;

/**
 * Which of the special answers show rows of an entity. Names of brands and categories are searched too, so they change the
 * count. An entity that is not here is shown by its rows only.
 */
const SHOWN_IN: Readonly<Record<string, Shown>> = {
  product: {
    catalogue: [...LISTS, 'categories', 'brands'],
    stock: ['movements'],
    groups: ['deliveries'],
  },
  barcode: { catalogue: LISTS, stock: [] },
  category: { catalogue: [...LISTS, 'categories'], stock: [] },
  brand: { catalogue: [...LISTS, 'brands'], stock: [] },
  site: { catalogue: ['product', 'sites'], stock: ['ofProduct', 'locations'] },
  // A site is followed once its rows are here, and its locations are the first of them.
  location: {
    catalogue: ['product', 'sites'],
    stock: ['ofProduct', 'movements', 'locations', 'putAway'],
    groups: ['overview', 'counts'],
  },
  stock_level: {
    catalogue: LISTS,
    stock: ['ofProduct', 'putAway'],
    groups: ['overview', 'counts'],
  },
  stock_movement: {
    catalogue: LISTS,
    stock: ['ofProduct', 'movements', 'putAway'],
    groups: ['overview', 'deliveries', 'counts'],
  },
  delivery: { catalogue: [], stock: [], groups: ['deliveries'] },
  delivery_line: { catalogue: [], stock: [], groups: ['deliveries'] },
  person: { catalogue: [], stock: ['movements'], groups: ['overview', 'counts'] },
  stock_count: { catalogue: [], stock: [], groups: ['overview', 'counts'] },
  count_place: { catalogue: [], stock: [], groups: ['counts'] },
  count_observation: { catalogue: [], stock: [], groups: ['counts'] },
  [TALLIES_CHANGED]: { catalogue: [], stock: [], groups: ['tally'] },
  count_line: { catalogue: [], stock: [], groups: ['overview', 'counts'] },
};

/** Lists of photos. Their bytes never change. */
const PHOTO_ENTITIES = ['product_photo', 'site_photo'];

/** The cached answers that a change of these entities makes old, and no others. */
export function queriesOfEntities(
  trpc: Procedures,
  entities: ReadonlySet<string>,
): readonly QueryFilters[] {
  const shown = [...entities].flatMap((entity) => SHOWN_IN[entity] ?? []);
  const catalogue = new Set(shown.flatMap((one) => one.catalogue));
  const stock = new Set(shown.flatMap((one) => one.stock));
  const groups = new Set(shown.flatMap((one) => one.groups ?? []));
  const isOfThese: NonNullable<QueryFilters['predicate']> = ({ queryKey }) =>
    entities.has(entityOf(queryKey) ?? '');
  return [
    ...[...catalogue].map((name) => trpc.catalogue[name].pathFilter()),
    ...[...stock].map((name) => trpc.stock[name].pathFilter()),
    ...[...groups].map((name) => trpc[name].pathFilter()),
    ...(PHOTO_ENTITIES.some((name) => entities.has(name)) ? [trpc.photos.list.pathFilter()] : []),
    trpc.records.pathFilter({ predicate: isOfThese }),
    // What is pending, or has to be decided, is about rows too.
    trpc.work.pathFilter(),
  ];
}

/** Of a question about rows, whose key is its path and its input. */
function entityOf(queryKey: readonly unknown[]): string | null {
  const [, asked] = queryKey as readonly [unknown, { input?: { entity?: string } }?];
  return asked?.input?.entity ?? null;
}
