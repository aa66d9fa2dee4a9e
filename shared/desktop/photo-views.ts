import { z } from 'zod';
import { noteField, PHOTO_BYTES_MAX, PHOTO_FIELDS } from '../entities/fields.ts';
import type { ErrorCode } from '../errors.ts';
import type { PhotoMime } from '../sync/photo-transfer.ts';

/** Of what there are photos. Those of a site are found under the site that they belong to. */
export const photoSubjectField = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('product'), id: z.uuid() }),
  z.strictObject({ kind: z.literal('delivery'), id: z.uuid(), siteId: z.uuid() }),
  z.strictObject({ kind: z.literal('count_line'), id: z.uuid(), siteId: z.uuid() }),
]);
export type PhotoSubject = z.output<typeof photoSubjectField>;

/** Of a photo that is as large as one may be, in base 64. */
export const PHOTO_TEXT_MAX = Math.ceil(PHOTO_BYTES_MAX / 3) * 4;
/** Shown of one subject; far more than anybody takes. */
export const PHOTOS_LISTED_MAX = 200;

export const photoListInput = z.strictObject({ subject: photoSubjectField });
export type PhotoListInput = z.output<typeof photoListInput>;

export const photoAddInput = z.strictObject({
  subject: photoSubjectField,
  /** The bytes in base 64. */
  content: z.string().min(4).max(PHOTO_TEXT_MAX),
  mime: PHOTO_FIELDS.mime,
  width: PHOTO_FIELDS.width,
  height: PHOTO_FIELDS.height,
  caption: noteField.nullable().default(null),
});
export type PhotoAddInput = z.output<typeof photoAddInput>;

/** What the data worker is asked for: with who works here now. */
export interface PhotoRequest extends PhotoAddInput {
  personId: string | null;
}

export const photoReadInput = z.strictObject({ hash: PHOTO_FIELDS.hash });
export const photoIdInput = z.strictObject({ id: z.uuid() });

export interface PhotoView {
  id: string;
  /** SHA-256 of the bytes, by which they are read. */
  hash: string;
  mime: PhotoMime;
  bytes: number;
  width: number;
  height: number;
  caption: string | null;
  personId: string | null;
  /** UTC epoch milliseconds. */
  takenAt: number;
  /** Taken on this laptop, and the server does not have its bytes yet. */
  isUnsent: boolean;
  /** Why the last attempt to send it failed. */
  problem: ErrorCode | null;
}

/** `absent`: not on this laptop, and cannot be fetched at the moment. */
export type PhotoContent =
  | { kind: 'here'; mime: PhotoMime; content: string }
  /** `notSent`: the laptop that took it has not sent it. `offline`: the server cannot be reached. */
  | { kind: 'absent'; why: 'notSent' | 'offline' };

export interface PhotoAdded {
  id: string;
  /** To take it back by. */
  operationId: string;
}

export interface PhotoRemoved {
  operationId: string | null;
}
