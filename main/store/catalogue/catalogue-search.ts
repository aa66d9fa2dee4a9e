import type {
  CatalogueSearchInput,
  CatalogueSearchResult,
} from '../../../shared/desktop/catalogue-views.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { parseSearchQuery } from '../search/search-query.ts';
import { browseByName } from './browse-by-name.ts';
import { decodeCursor, encodeCursor } from './catalogue-cursor.ts';
import { prepareFilter } from './catalogue-filter.ts';
import { productListItems } from './product-list-items.ts';
import type { ReplicaReader } from './replica-reader.ts';
import { type ListOptions, type ListPage, searchByText } from './search-by-text.ts';

/** One page of the catalogue: by name, or what a text finds, best match first. */
export async function searchCatalogue(
  reader: ReplicaReader,
  input: CatalogueSearchInput,
  signal: AbortSignal,
): Promise<Omit<CatalogueSearchResult, 'ms'>> {
  const page = await pageOf(reader, input, { limit: input.limit, signal });
  const sites = reader.sitesOf(input.filter.siteId);
  return {
    items: productListItems(reader, page.localIds, sites),
    nextCursor: page.next && encodeCursor(reader.tag, page.next),
  };
}

async function pageOf(
  reader: ReplicaReader,
  input: CatalogueSearchInput,
  options: ListOptions,
): Promise<ListPage> {
  const filter = prepareFilter(reader, input.filter);
  const query = parseSearchQuery(input.text);
  const cursor = input.cursor === null ? null : decodeCursor(reader.tag, input.cursor);
  if (query.text !== '') {
    if (cursor?.kind === 'browse') throw otherList();
    return searchByText(reader, { query, filter, cursor }, options);
  }
  if (cursor?.kind === 'search') throw otherList();
  return browseByName(
    reader,
    {
      filter,
      filterKey: JSON.stringify(input.filter),
      stockedIn: input.filter.stock === 'inStock' ? reader.sitesOf(input.filter.siteId) : null,
      cursor,
    },
    options,
  );
}

function otherList(): TallymanError {
  return new TallymanError('BAD_INPUT', 'That is a place in another list. Search again.');
}
