import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { createLocalReads, type LocalReadMethods } from '../../main/store/local-reads.ts';
import { WorkStore } from '../../main/store/work-store.ts';
import type { ReplicaFile } from '../../main/store/catalogue/replica-reader.ts';
import {
  type CatalogueSearchInput,
  catalogueSearchInput,
  type CatalogueSearchResult,
  type ProductListItem,
} from '../../shared/desktop/catalogue-views.ts';
import { siteScope } from '../../shared/sync/scope.ts';
import {
  type TestCatalogue,
  testId,
  writeCatalogueFile,
  writeSiteFile,
} from './replica-fixture.ts';
import { useTempFolders } from './temp-folder.ts';

export type TestStock = readonly (readonly [product: number, quantity: number])[];

export type TestRequest = Partial<Omit<CatalogueSearchInput, 'filter'>> & {
  filter?: Partial<CatalogueSearchInput['filter']>;
};

const { signal } = new AbortController();

/** Opens reads of test files, which are closed after the test. Call at the top of a test file. */
export function useCatalogueReads() {
  const tempFolder = useTempFolders();
  const opened: LocalReadMethods[] = [];
  afterEach(async () => {
    for (const reads of opened.splice(0)) await reads.openFiles({ replicas: [], dataFolder: '' });
  });

  return async (
    catalogue: TestCatalogue,
    sites: readonly TestStock[] = [],
  ): Promise<LocalReadMethods> => {
    const folder = tempFolder();
    const file = join(folder, 'catalogue.db');
    writeCatalogueFile(file, catalogue);
    const files: ReplicaFile[] = [{ scope: 'catalogue', file }];
    for (const [at, stock] of sites.entries()) {
      const siteFile = join(folder, `site-${at}.db`);
      writeSiteFile(siteFile, at + 1, stock);
      files.push({ scope: siteScope(testId('site', at + 1)), file: siteFile });
    }
    const reads = createLocalReads(() => 0);
    opened.push(reads);
    WorkStore.open(folder, () => testId('row', 1)).close();
    await reads.openFiles({ replicas: files, dataFolder: folder });
    return reads;
  };
}

export function search(
  reads: LocalReadMethods,
  request: TestRequest,
): Promise<CatalogueSearchResult> {
  return reads.search(catalogueSearchInput.parse(request), signal);
}

/** Follows the cursors to the end. Every page but the last is full. */
export async function allPages(
  reads: LocalReadMethods,
  request: TestRequest,
): Promise<ProductListItem[]> {
  const items: ProductListItem[] = [];
  let cursor: string | null = null;
  do {
    const page: CatalogueSearchResult = await search(reads, { ...request, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
    expect(cursor?.length ?? 0).toBeLessThanOrEqual(1_000);
    if (cursor !== null) expect(page.items.length).toBe(request.limit ?? 50);
  } while (cursor !== null);
  return items;
}

/** The list read by position, from its end to its start. */
export async function allWindows(
  reads: LocalReadMethods,
  request: TestRequest,
): Promise<ProductListItem[]> {
  const { text, filter, limit } = catalogueSearchInput.parse(request);
  const { total } = await reads.window({ text, filter, offset: 0, limit: 1 }, signal);
  const items: ProductListItem[] = [];
  for (let offset = Math.floor(total / limit) * limit; offset >= 0; offset -= limit) {
    const part = await reads.window({ text, filter, offset, limit }, signal);
    expect(part.total).toBe(total);
    items.unshift(...part.items);
  }
  return items;
}

export async function count(reads: LocalReadMethods, request: TestRequest): Promise<number> {
  const { text, filter } = catalogueSearchInput.parse(request);
  return (await reads.count({ text, filter }, signal)).total;
}

export const namesOf = (items: readonly ProductListItem[]): string[] =>
  items.map(({ name }) => name);
