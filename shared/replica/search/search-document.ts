import type { SqlDatabase, SqlStatement } from '../sql-database.ts';
import { ARCHIVED_FACET, brandFacet, categoryFacet, MIN_STOCK_FACET } from './search-facets.ts';
import { codeTerms, nameTerms } from './search-terms.ts';

/** Deeper trees are cut; it also ends a walk through a circle that a damaged tree may have. */
const CATEGORY_DEPTH_MAX = 32;

/** `rowid` and the columns of `product_search`, as terms joined by spaces. */
export type SearchDocument = readonly [
  localId: number,
  name: string,
  sku: string,
  brand: string,
  category: string,
  facets: string,
];

interface SourceRow {
  local_id: number;
  name: string;
  sku: string;
  brand_id: string | null;
  category_id: string | null;
  archived: number;
  min_stock: number | null;
  brand: string | null;
}

interface CategoryTerms {
  name: string;
  facets: readonly string[];
}

const SOURCE = `SELECT p.local_id, p.name, p.sku, p.brand_id, p.category_id, p.archived, p.min_stock, b.name AS brand
  FROM product p LEFT JOIN brand b ON b.id = p.brand_id`;

/** Makes search documents from the rows of a catalogue replica. */
export class SearchDocuments {
  readonly #one: SqlStatement;
  readonly #following: SqlStatement;
  readonly #category: SqlStatement;
  /** As many as there are categories; dropped when one of them changes. */
  readonly #categories = new Map<string, CategoryTerms>();

  constructor(db: SqlDatabase) {
    this.#one = db.prepare(`${SOURCE} WHERE p.local_id = ?`);
    this.#following = db.prepare(`${SOURCE} WHERE p.local_id > ? ORDER BY p.local_id LIMIT ?`);
    this.#category = db.prepare('SELECT parent_id, name FROM category WHERE id = ?');
  }

  /** Null if there is no such product any more. */
  read(localId: number): SearchDocument | null {
    const row = this.#one.get(localId) as SourceRow | undefined;
    return row ? this.#documentOf(row) : null;
  }

  /** The next products by local id. */
  following(after: number, limit: number): SearchDocument[] {
    return (this.#following.all(after, limit) as SourceRow[]).map((row) => this.#documentOf(row));
  }

  forgetCategories(): void {
    this.#categories.clear();
  }

  #documentOf(row: SourceRow): SearchDocument {
    const category = row.category_id === null ? null : this.#categoryTerms(row.category_id);
    const facets = [...(category?.facets ?? [])];
    if (row.brand_id !== null) facets.push(brandFacet(row.brand_id));
    if (row.archived === 1) facets.push(ARCHIVED_FACET);
    if (row.min_stock !== null && row.min_stock > 0) facets.push(MIN_STOCK_FACET);
    return [
      row.local_id,
      nameTerms(row.name).join(' '),
      codeTerms(row.sku).join(' '),
      row.brand === null ? '' : nameTerms(row.brand).join(' '),
      category?.name ?? '',
      facets.join(' '),
    ];
  }

  #categoryTerms(id: string): CategoryTerms {
    const known = this.#categories.get(id);
    if (known) return known;
    const facets: string[] = [];
    let name = '';
    for (let at: string | null = id; at !== null && facets.length < CATEGORY_DEPTH_MAX;) {
      const row = this.#category.get(at) as { parent_id: string | null; name: string } | undefined;
      facets.push(categoryFacet(at));
      if (at === id && row) name = nameTerms(row.name).join(' ');
      at = row?.parent_id ?? null;
    }
    const terms = { name, facets: [...new Set(facets)] };
    this.#categories.set(id, terms);
    return terms;
  }
}
