import type { LocationView } from '../../shared/desktop/stock-views.ts';
import { LOCATION_PREFIX } from '../../shared/scan/location-label.ts';
import type { useTRPCClient } from '../trpc.ts';

type Client = ReturnType<typeof useTRPCClient>;

/** Of each kind in the list below the field. */
const OPTIONS_MAX = 8;

export interface ProductFound {
  id: string;
  name: string;
  sku: string;
}

export interface FoundToLabel {
  products: readonly ProductFound[];
  places: readonly LocationView[];
}

/** Products and places that fit what is typed. A scanned label of a place means that place. */
export async function findToLabel(
  client: Client,
  text: string,
  signal: AbortSignal,
): Promise<FoundToLabel> {
  const placeCode = scannedPlace(text);
  const [products, places] = await Promise.all([
    placeCode === null ? searchProducts(client, text, signal) : [],
    client.stock.locations.query({ text: placeCode ?? text, limit: OPTIONS_MAX }, { signal }),
  ]);
  return { products, places };
}

/** What Enter takes: what has that very code, else the first that is listed. */
export async function firstMeant(
  client: Client,
  text: string,
  signal: AbortSignal,
): Promise<FoundToLabel> {
  const location = scannedPlace(text);
  const exact = await exactlyMeant(client, { code: text, location }, signal);
  if (exact.products.length + exact.places.length > 0 || location !== null) return exact;
  const { products, places } = await findToLabel(client, text, signal);
  return products.length > 0
    ? { products: products.slice(0, 1), places: [] }
    : { products: [], places: places.slice(0, 1) };
}

/** The product of a code, or the place that is called so. Of a location's own label, the place only. */
export async function exactlyMeant(
  client: Client,
  { code, location }: { code: string; location: string | null },
  signal: AbortSignal | null = null,
): Promise<FoundToLabel> {
  const options = signal ? { signal } : {};
  const scanned = location === null ? await client.catalogue.scan.query({ code }, options) : null;
  if (scanned) return { products: [scanned.product], places: [] };
  const text = location ?? code;
  const places = await client.stock.locations.query({ text, limit: OPTIONS_MAX }, options);
  const isMeant = (place: LocationView): boolean => place.code.toLowerCase() === text.toLowerCase();
  return { products: [], places: places.filter(isMeant) };
}

async function searchProducts(
  client: Client,
  text: string,
  signal: AbortSignal,
): Promise<readonly ProductFound[]> {
  const { items } = await client.catalogue.search.query({ text, limit: OPTIONS_MAX }, { signal });
  return items;
}

function scannedPlace(text: string): string | null {
  return text.toUpperCase().startsWith(LOCATION_PREFIX) ? text.slice(LOCATION_PREFIX.length) : null;
}
