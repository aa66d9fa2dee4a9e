import type { Kysely } from 'kysely';
import { amongVisibleSites } from '../auth/visible-sites.ts';
import type { Asker } from '../sync/admission.ts';
import type { PhotoMime } from '../../shared/sync/photo-transfer.ts';
import type { ServerDatabase } from '../store/server-database.ts';

/** The same picture can be of many things; what a few of its rows say is what all of them say. */
const ROWS_MAX = 20;

/** What a row says of the bytes that it names. */
export interface PhotoRow {
  bytes: number;
  mime: PhotoMime;
}

/** What the rows that name a photo say of it, of those that whoever asks may see; none if there is no such row. */
export function rowsOfPhoto({ store, actor }: Asker, hash: string): Promise<PhotoRow[]> {
  const { reader } = store;
  const visible = amongVisibleSites(reader, actor, 'site_id');
  const atSites = reader
    .selectFrom('site_photo')
    .select(['bytes', 'mime'])
    .where('hash', '=', hash);
  return reader
    .selectFrom('product_photo')
    .select(['bytes', 'mime'])
    .where('hash', '=', hash)
    .unionAll(visible === null ? atSites : atSites.where(visible))
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
