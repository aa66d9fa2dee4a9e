import type {
  BrandOption,
  CatalogueCountInput,
  CatalogueCountResult,
  CatalogueSearchInput,
  CatalogueSearchResult,
  CatalogueWindowInput,
  CatalogueWindowResult,
  CategoryNode,
  ProductDetail,
  ScanResult,
  SiteView,
} from '../../../shared/desktop/catalogue-views.ts';
import type { Read } from '../local-reads.ts';
import { brandList } from './brand-list.ts';
import { countCatalogue } from './catalogue-count.ts';
import { searchCatalogue } from './catalogue-search.ts';
import { catalogueWindow } from './catalogue-window.ts';
import { categoryTree } from './category-tree.ts';
import { productDetail } from './product-detail.ts';
import { scanLookup } from './scan-lookup.ts';
import { siteList } from './site-list.ts';

/** Reads of the catalogue. */
export interface CatalogueReadMethods {
  search: (input: CatalogueSearchInput, signal: AbortSignal) => Promise<CatalogueSearchResult>;
  count: (input: CatalogueCountInput, signal: AbortSignal) => Promise<CatalogueCountResult>;
  window: (input: CatalogueWindowInput, signal: AbortSignal) => Promise<CatalogueWindowResult>;
  product: (id: string) => Promise<ProductDetail | null>;
  scan: (code: string) => Promise<ScanResult | null>;
  categories: (input: null, signal: AbortSignal) => Promise<readonly CategoryNode[]>;
  brands: (text: string, signal: AbortSignal) => Promise<readonly BrandOption[]>;
  sites: (input: null) => Promise<readonly SiteView[]>;
}

/** `now` is a clock in milliseconds. */
export function catalogueReads(read: Read, now: () => number): CatalogueReadMethods {
  const timed = async <T extends object>(work: () => Promise<T>): Promise<T & { ms: number }> => {
    const startedAt = now();
    const result = await work();
    return { ...result, ms: now() - startedAt };
  };

  return {
    search: (input, signal) =>
      timed(() =>
        read({ items: [], nextCursor: null }, (reader) => searchCatalogue(reader, input, signal)),
      ),
    count: (input, signal) =>
      timed(async () => ({
        total: await read(0, (reader) => countCatalogue(reader, input, signal)),
      })),
    window: (input, signal) =>
      timed(() =>
        read({ items: [], total: 0 }, (reader) => catalogueWindow(reader, input, signal)),
      ),
    product: (id) => read<ProductDetail | null>(null, (reader) => productDetail(reader, id)),
    scan: (code) => read<ScanResult | null>(null, (reader) => scanLookup(reader, code)),
    categories: (_, signal) =>
      read<readonly CategoryNode[]>([], (reader) => categoryTree(reader, signal)),
    brands: (text, signal) =>
      read<readonly BrandOption[]>([], (reader) => brandList(reader, text, signal)),
    sites: () => read<readonly SiteView[]>([], siteList),
  };
}
