import type {
  CatalogueCountInput,
  CatalogueSearchInput,
  CatalogueSearchResult,
  ProductListItem,
} from '../../shared/desktop/catalogue-views.ts';
import type { FakeCatalogue, FakeProduct } from './fake-catalogue.ts';

function matches(
  catalogue: FakeCatalogue,
  product: FakeProduct,
  input: CatalogueCountInput,
): boolean {
  const { filter } = input;
  const site = catalogue.sites.find(({ id }) => id === filter.siteId);
  const onHand = onHandAt(product, site?.code ?? null);
  const words = input.text.toLocaleLowerCase('en').split(/\s+/).filter(Boolean);
  return (
    product.archived === filter.archived &&
    (filter.categoryId === null ||
      product.categoryPath.some(({ id }) => id === filter.categoryId)) &&
    (filter.brandId === null || product.brandId === filter.brandId) &&
    (filter.stock === 'any' ||
      (filter.stock === 'inStock' && onHand > 0) ||
      (filter.stock === 'outOfStock' && onHand <= 0) ||
      (filter.stock === 'low' && product.minStock !== null && onHand < product.minStock)) &&
    words.every((word) => product.searchText.includes(word))
  );
}

function onHandAt(product: FakeProduct, siteCode: string | null): number {
  return product.stock
    .filter((place) => siteCode === null || place.siteCode === siteCode)
    .reduce((total, { quantity }) => total + quantity, 0);
}

function toListItem(product: FakeProduct, onHand: number): ProductListItem {
  const {
    id,
    sku,
    name,
    barcodes,
    category,
    brand,
    unit,
    priceMinor,
    currency,
    minStock,
    reorderTo,
    archived,
  } = product;
  return {
    id,
    sku,
    name,
    barcodes,
    category,
    brand,
    unit,
    priceMinor,
    currency,
    minStock,
    reorderTo,
    archived,
    onHand,
  };
}

/** The products that have arrived so far, in list order. `visible` plays a first sync that is under way. */
export function fakeMatches(
  catalogue: FakeCatalogue,
  input: CatalogueCountInput,
  visible: number,
): readonly FakeProduct[] {
  return catalogue.products
    .slice(0, visible)
    .filter((product) => matches(catalogue, product, input));
}

export function fakeSearch(
  catalogue: FakeCatalogue,
  input: CatalogueSearchInput,
  visible: number,
): CatalogueSearchResult {
  const found = fakeMatches(catalogue, input, visible);
  const start = input.cursor === null ? 0 : Number(input.cursor);
  const end = start + input.limit;
  const site = catalogue.sites.find(({ id }) => id === input.filter.siteId)?.code ?? null;
  return {
    items: found.slice(start, end).map((product) => toListItem(product, onHandAt(product, site))),
    nextCursor: end < found.length ? String(end) : null,
    ms: 1,
  };
}
