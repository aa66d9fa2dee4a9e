import { wordsOf } from '../../../shared/domain/fold-text.ts';
import type { BrandOption } from '../../../shared/desktop/catalogue-views.ts';
import { ARCHIVED_FACET, brandFacet } from '../../../shared/replica/search/search-facets.ts';
import { matchExpression } from '../search/search-query.ts';
import { countMatches } from './catalogue-count.ts';
import type { ReplicaReader } from './replica-reader.ts';

/** As many as a person looks through before typing one more letter. */
const BRANDS_MAX = 50;

const LAST_CHARACTER = '\u{10ffff}';
const BY_START = `SELECT id, name FROM brand
  WHERE sort_key >= ? AND sort_key < ? ORDER BY sort_key, local_id LIMIT ?`;
/** Looks at every brand. There are some ten thousand at most, which takes a few milliseconds. */
const BY_INNER_WORD = `SELECT id, name FROM brand
  WHERE instr(sort_key, ' ' || ?) > 0 ORDER BY sort_key, local_id LIMIT ?`;

/** Brands by name: those that begin with the text, then those with a later word that does. */
export async function brandList(
  reader: ReplicaReader,
  text: string,
  signal: AbortSignal,
): Promise<readonly BrandOption[]> {
  const start = wordsOf(text).join(' ');
  const found = new Map<string, string>();
  const add = (rows: readonly { id: string; name: string }[]): void => {
    for (const { id, name } of rows) if (found.size < BRANDS_MAX) found.set(id, name);
  };
  add(reader.catalogue.all(BY_START, start, start + LAST_CHARACTER, BRANDS_MAX));
  if (start !== '' && found.size < BRANDS_MAX) {
    add(reader.catalogue.all(BY_INNER_WORD, start, BRANDS_MAX));
  }
  const brands: BrandOption[] = [];
  for (const [id, name] of found) {
    brands.push({ id, name, products: await countOffered(reader, id, signal) });
  }
  return brands;
}

async function countOffered(
  reader: ReplicaReader,
  brandId: string,
  signal: AbortSignal,
): Promise<number> {
  const expression = matchExpression([], {
    facets: [brandFacet(brandId)],
    withoutFacets: [ARCHIVED_FACET],
  });
  return expression === null ? 0 : countMatches(reader, expression, signal);
}
