import { must } from '../../domain/assert.ts';
import type { SqlDatabase } from '../sql-database.ts';
import { SearchDocuments } from './search-document.ts';

type BorrowedEntity = 'brand' | 'category';

export interface SearchIndexWriter {
  productWritten: (localId: number, isNew: boolean) => void;
  productRemoved: (localId: number) => void;
  /** A changed name, or a category's new place: the products of it are indexed again by `reindexPending`. */
  borrowedRowWritten: (entity: BorrowedEntity, id: string) => void;
  /** Writes what changed rows still owe. Must run before the commit. */
  flush: () => void;
  /**
   * Indexes up to `rowsMax` of the products that changed or that a borrowed row owes. True while there are more. What
   * borrowed rows owe is kept in the file: it may be paid in the same transaction, in later ones, or after a restart.
   */
  reindexPending: (rowsMax: number) => boolean;
}

interface PendingRow {
  kind: 'everything' | BorrowedEntity;
  id: string;
  after: number;
}

/** Keeps the search index equal to the rows, inside the transactions of who writes them. One per connection. */
export function createSearchIndexWriter(db: SqlDatabase): SearchIndexWriter {
  const documents = new SearchDocuments(db);
  const columns = '(rowid, name, sku, brand, category, facets) VALUES (?, ?, ?, ?, ?, ?)';
  const insert = db.prepare(`INSERT INTO product_search ${columns}`);
  const replace = db.prepare(`INSERT OR REPLACE INTO product_search ${columns}`);
  const remove = db.prepare('DELETE FROM product_search WHERE rowid = ?');
  const owed = createOwedProducts(db);
  const isBuilt = (localId: number): boolean => localId <= owed.builtUpTo();
  const pending = createPendingDocuments((localId, isNew) => {
    const document = documents.read(localId);
    // A product that the first build has not come to yet is left to it.
    if (document && isBuilt(localId)) (isNew ? insert : replace).run(...document);
  });

  const reindexStep = (row: PendingRow, rowsMax: number): number => {
    if (row.kind === 'everything') {
      const next = documents.following(row.after, rowsMax);
      for (const document of next) insert.run(...document);
      owed.paid(row, next.length < rowsMax ? null : must(next.at(-1), 'last document')[0]);
      return next.length;
    }
    const localIds = owed.productsOf(row, rowsMax);
    for (const localId of localIds) {
      const document = isBuilt(localId) ? documents.read(localId) : null;
      if (document) replace.run(...document);
    }
    owed.paid(row, localIds.length < rowsMax ? null : must(localIds.at(-1), 'last product'));
    return localIds.length;
  };

  return {
    productWritten: pending.add,
    productRemoved: (localId) => {
      if (!pending.drop(localId)) remove.run(localId);
    },
    borrowedRowWritten: (entity, id) => {
      // Documents that are made from now on must see the new name and the new tree.
      if (entity === 'category') documents.forgetCategories();
      owed.add(entity, id);
    },
    flush: () => void pending.write(Number.POSITIVE_INFINITY),
    reindexPending: (rowsMax) => {
      let rowsLeft = rowsMax - pending.write(rowsMax);
      while (rowsLeft > 0) {
        const row = owed.first();
        if (!row) return false;
        rowsLeft -= reindexStep(row, rowsLeft);
      }
      return !pending.isEmpty() || owed.first() !== null;
    },
  };
}

interface PendingDocuments {
  add: (localId: number, isNew: boolean) => void;
  /** True if the product has no document that would have to go. */
  drop: (localId: number) => boolean;
  /** Writes up to `rowsMax` documents and says how many. */
  write: (rowsMax: number) => number;
  isEmpty: () => boolean;
}

/**
 * Products whose documents the open transaction owes. Written lowest first: FTS5 writes a segment each time a row number is
 * below the one before, which made a thousand scattered changes take 0.4 s instead of 0.05 s.
 */
function createPendingDocuments(
  writeDocument: (localId: number, isNew: boolean) => void,
): PendingDocuments {
  /** Product → whether it has no document yet. */
  const pending = new Map<number, boolean>();
  /** What `pending` holds, lowest first; null when that has changed. */
  let ascending: number[] | null = null;
  return {
    isEmpty: () => pending.size === 0,
    add: (localId, isNew) => {
      ascending = null;
      pending.set(localId, isNew || pending.get(localId) === true);
    },
    drop: (localId) => {
      const isUnwritten = pending.get(localId) === true;
      ascending = null;
      pending.delete(localId);
      return isUnwritten;
    },
    write: (rowsMax) => {
      if (pending.size === 0) return 0;
      ascending ??= [...pending.keys()].toSorted((one, other) => one - other);
      const next = ascending.splice(0, rowsMax);
      for (const localId of next) {
        writeDocument(localId, pending.get(localId) === true);
        pending.delete(localId);
      }
      return next.length;
    },
  };
}

interface OwedProducts {
  first: () => PendingRow | null;
  productsOf: (row: PendingRow, limit: number) => number[];
  /** `upTo` is the last product done; null if that was all. */
  paid: (row: PendingRow, upTo: number | null) => void;
  add: (entity: BorrowedEntity, id: string) => void;
  /** Products above this have no document until the first build comes to them. */
  builtUpTo: () => number;
}

/** The table `search_pending`. */
function createOwedProducts(db: SqlDatabase): OwedProducts {
  const first = db.prepare('SELECT kind, id, after FROM search_pending ORDER BY kind LIMIT 1');
  const everything = db.prepare(`SELECT after FROM search_pending WHERE kind = 'everything'`);
  const moveOn = db.prepare('UPDATE search_pending SET after = ? WHERE kind = ? AND id = ?');
  const drop = db.prepare('DELETE FROM search_pending WHERE kind = ? AND id = ?');
  const productsOf = {
    brand: 'SELECT local_id FROM product WHERE brand_id = ?',
    category: 'SELECT local_id FROM product WHERE category_id = ?',
  };
  const next = {
    brand: db.prepare(`${productsOf.brand} AND local_id > ? ORDER BY local_id LIMIT ?`).pluck(),
    category: db
      .prepare(`${productsOf.category} AND local_id > ? ORDER BY local_id LIMIT ?`)
      .pluck(),
  };
  const add = {
    brand: db.prepare(
      `INSERT INTO search_pending (kind, id, after) SELECT 'brand', @id, 0
       WHERE EXISTS (${productsOf.brand.replace('?', '@id')})
       ON CONFLICT (kind, id) DO UPDATE SET after = 0`,
    ),
    // A category that moved takes everything below it along: their documents name all categories above them.
    category: db.prepare(
      `WITH RECURSIVE below (id) AS (SELECT @id UNION SELECT c.id FROM category c JOIN below b ON c.parent_id = b.id)
       INSERT INTO search_pending (kind, id, after) SELECT 'category', below.id, 0 FROM below
       WHERE EXISTS (${productsOf.category.replace('?', 'below.id')})
       ON CONFLICT (kind, id) DO UPDATE SET after = 0`,
    ),
  };
  return {
    first: () => (first.get() as PendingRow | undefined) ?? null,
    productsOf: (row, limit) =>
      row.kind === 'everything' ? [] : (next[row.kind].all(row.id, row.after, limit) as number[]),
    paid: (row, upTo) =>
      upTo === null ? drop.run(row.kind, row.id) : moveOn.run(upTo, row.kind, row.id),
    add: (entity, id) => add[entity].run({ id }),
    builtUpTo: () =>
      (everything.get() as { after: number } | undefined)?.after ?? Number.POSITIVE_INFINITY,
  };
}
