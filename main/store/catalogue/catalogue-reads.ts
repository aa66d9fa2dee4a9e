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
import { brandList } from './brand-list.ts';
import { countCatalogue } from './catalogue-count.ts';
import { searchCatalogue } from './catalogue-search.ts';
import { catalogueWindow } from './catalogue-window.ts';
import { categoryTree } from './category-tree.ts';
import { productDetail } from './product-detail.ts';
import { type ReplicaFile, ReplicaReader } from './replica-reader.ts';
import { scanLookup } from './scan-lookup.ts';
import { siteList } from './site-list.ts';

/** What a reader does for the app; all inputs and outputs survive structured cloning. */
export interface CatalogueReadMethods {
  /** Reads these files from now on. Resolves when no request reads the old ones any more and they are closed. */
  openReplicas: (files: readonly ReplicaFile[]) => Promise<void>;
  search: (input: CatalogueSearchInput, signal: AbortSignal) => Promise<CatalogueSearchResult>;
  count: (input: CatalogueCountInput, signal: AbortSignal) => Promise<CatalogueCountResult>;
  window: (input: CatalogueWindowInput, signal: AbortSignal) => Promise<CatalogueWindowResult>;
  product: (id: string) => Promise<ProductDetail | null>;
  scan: (code: string) => Promise<ScanResult | null>;
  categories: (input: null, signal: AbortSignal) => Promise<readonly CategoryNode[]>;
  brands: (text: string, signal: AbortSignal) => Promise<readonly BrandOption[]>;
  sites: (input: null) => Promise<readonly SiteView[]>;
}

/** A reader that is closed once nobody uses it. */
interface Lease {
  reader: ReplicaReader;
  users: number;
  retire: (() => void) | null;
}

/** Reads the current files of a laptop; finds nothing until there are any. `now` is a clock in milliseconds. */
export function createCatalogueReads(now: () => number): CatalogueReadMethods {
  let current: Lease | null = null;

  const read = async <T>(none: T, work: (reader: ReplicaReader) => T | Promise<T>): Promise<T> => {
    const lease = current;
    if (!lease) return none;
    lease.users += 1;
    try {
      return await work(lease.reader);
    } finally {
      lease.users -= 1;
      if (lease.users === 0) lease.retire?.();
    }
  };
  const timed = async <T extends object>(work: () => Promise<T>): Promise<T & { ms: number }> => {
    const startedAt = now();
    const result = await work();
    return { ...result, ms: now() - startedAt };
  };

  return {
    openReplicas: async (files) => {
      const old = current;
      const reader = ReplicaReader.open(files);
      current = reader && { reader, users: 0, retire: null };
      if (!old) return;
      if (old.users > 0) {
        await new Promise<void>((resolve) => {
          old.retire = resolve;
        });
      }
      old.reader.close();
    },
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
