import type { Kysely } from 'kysely';
import type { PhotoMime } from '../../shared/sync/photo-transfer.ts';
import type { ServerDatabase } from '../store/server-database.ts';

/** The same picture can be of many things; what a few of its rows say is what all of them say. */
const ROWS_MAX = 20;

/** What a row says of the bytes that it names. */
export interface PhotoRow {
  bytes: number;
  mime: PhotoMime;
}

/** What the rows that name a photo say of it; none if there is no such row. */
export function rowsOfPhoto(db: Kysely<ServerDatabase>, hash: string): Promise<PhotoRow[]> {
  return db
    .selectFrom('product_photo')
    .select(['bytes', 'mime'])
    .where('hash', '=', hash)
    .unionAll(db.selectFrom('site_photo').select(['bytes', 'mime']).where('hash', '=', hash))
    .limit(ROWS_MAX)
    .execute();
}

/** Which of the photos a row names. */
export async function namedAmong(
  db: Kysely<ServerDatabase>,
  hashes: readonly string[],
): Promise<Set<string>> {
  const found = await db
    .selectFrom('product_photo')
    .select('hash')
    .where('hash', 'in', hashes)
    .union(db.selectFrom('site_photo').select('hash').where('hash', 'in', hashes))
    .execute();
  return new Set(found.map(({ hash }) => hash));
}
