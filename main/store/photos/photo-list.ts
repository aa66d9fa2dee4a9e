import {
  type PhotoListInput,
  type PhotoSubject,
  PHOTOS_LISTED_MAX,
  type PhotoView,
} from '../../../shared/desktop/photo-views.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { type ProductPhoto, productPhoto } from '../../../shared/entities/product-photo.ts';
import { fromStored } from '../../../shared/entities/stored-row.ts';
import { type SitePhoto, sitePhoto } from '../../../shared/entities/site-photo.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import type { RecordReader } from '../records/record-reader.ts';
import type { StatementCache } from '../statement-cache.ts';

/** Which entity has the photos of a subject, and the columns that say whose they are. */
export function photoTarget(subject: PhotoSubject): {
  entity: 'product_photo' | 'site_photo';
  where: StoredRow;
} {
  if (subject.kind === 'product') {
    return { entity: productPhoto.name, where: { product_id: subject.id } };
  }
  const { kind, id, siteId } = subject;
  return { entity: sitePhoto.name, where: { site_id: siteId, subject: kind, subject_id: id } };
}

/** The photos of a subject, in the order in which they were taken, with where their bytes stand. */
export function photoList(
  { records, work }: { records: RecordReader; work: StatementCache },
  { subject }: PhotoListInput,
): PhotoView[] {
  const { entity, where } = photoTarget(subject);
  const limit = PHOTOS_LISTED_MAX;
  const { items } = records.list({ entity, where, cursor: null, limit });
  const uploads = new Map(
    work
      .all<{ rowId: string; problem: ErrorCode | null }>(
        `SELECT row_id AS rowId, problem FROM photo_upload
         WHERE row_id IN (SELECT value FROM json_each(?))`,
        JSON.stringify(items.map(({ id }) => id)),
      )
      .map((upload) => [upload.rowId, upload]),
  );
  return items.map(({ id, row }) => {
    // Both entities have the columns of a photo.
    const photo = fromStored(entity === productPhoto.name ? productPhoto : sitePhoto, row) as
      ProductPhoto | SitePhoto;
    const upload = uploads.get(id);
    return {
      id,
      hash: photo.hash,
      mime: photo.mime,
      bytes: photo.bytes,
      width: photo.width,
      height: photo.height,
      caption: photo.caption,
      personId: photo.person_id,
      takenAt: photo.taken_at,
      isUnsent: upload !== undefined,
      problem: upload?.problem ?? null,
    };
  });
}
