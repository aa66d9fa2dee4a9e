import type { QueryFilters } from '@tanstack/react-query';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { DesktopRouter } from '../../main/app/desktop-router.ts';
import type { EntityName } from '../../shared/entities/registry.ts';

type Procedures = TRPCOptionsProxy<DesktopRouter>;
type CatalogueQuery = 'search' | 'window' | 'count' | 'product' | 'categories' | 'brands' | 'sites';

/** Which answers show rows of an entity. Names of brands and categories are searched too, so they change the count. */
const SHOWN_IN = {
  product: ['search', 'window', 'count', 'product', 'categories', 'brands'],
  barcode: ['search', 'window', 'count', 'product'],
  category: ['search', 'window', 'count', 'product', 'categories'],
  brand: ['search', 'window', 'count', 'product', 'brands'],
  site: ['product', 'sites'],
  location: ['product'],
  stock_level: ['search', 'window', 'count', 'product'],
} as const satisfies Record<EntityName, readonly CatalogueQuery[]>;

function isShown(entity: string): entity is keyof typeof SHOWN_IN {
  return entity in SHOWN_IN;
}

/** The cached answers that a change of these entities makes old, and no others. */
export function queriesOfEntities(
  trpc: Procedures,
  entities: Iterable<string>,
): readonly QueryFilters[] {
  const names = new Set<CatalogueQuery>();
  for (const entity of entities) {
    if (!isShown(entity)) continue;
    for (const name of SHOWN_IN[entity]) names.add(name);
  }
  return [...names].map((name) => trpc.catalogue[name].pathFilter());
}
