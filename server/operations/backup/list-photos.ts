import { stat } from 'node:fs/promises';
import type { PhotoShelf } from '../../photos/photo-shelf.ts';

export interface ListedPhoto {
  hash: string;
  bytes: number;
}

/** Folders of photos by the first two digits of their names. */
const FOLDERS = 256;

/** All photos that are whole, by their names. */
export async function listPhotos(shelf: PhotoShelf): Promise<ListedPhoto[]> {
  const listed: ListedPhoto[] = [];
  for (let folder = 0; folder < FOLDERS; folder++) {
    const found = await shelf.photos(folder.toString(16).padStart(2, '0'));
    for (const { hash } of found) {
      // One that was cleared away meanwhile is no part of the backup.
      const stats = await stat(shelf.fileOf(hash)).catch(() => null);
      if (stats !== null) listed.push({ hash, bytes: stats.size });
    }
  }
  return listed.toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
}
