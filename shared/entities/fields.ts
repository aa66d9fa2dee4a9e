import { z } from 'zod';

/** A photo is made smaller before it is kept; what is still larger is refused. */
export const PHOTO_BYTES_MAX = 2 * 1024 * 1024;

/** Field types that several entities share. Text is stored as given (trimmed, NFC); limits bound a row's size. */
export const idField = z.uuid();
export const nameField = z.string().trim().normalize('NFC').min(1).max(500);
export const codeField = z.string().trim().normalize('NFC').min(1).max(64);
export const noteField = z.string().trim().normalize('NFC').max(4_000);
/** Empty where goods have none: as a part of a key it must equal itself, which null does not. */
export const lotField = z.string().trim().normalize('NFC').max(64).default('');
export const serialField = z.string().trim().normalize('NFC').max(64).default('');
/** The last day on which goods may be used: its start, in UTC epoch milliseconds. */
export const expiresOnField = z.int().min(0).nullable().default(null);
/** Integers in the smallest unit; the bound keeps sums of a million rows exact in a double. */
export const quantityField = z.int().min(-1_000_000_000).max(1_000_000_000);

/** What is kept of a photo beside its bytes, which are a file named by their SHA-256. */
export const PHOTO_FIELDS = {
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(1).max(PHOTO_BYTES_MAX),
  mime: z.enum(['image/jpeg', 'image/png', 'image/webp']),
  width: z.int().min(1).max(20_000),
  height: z.int().min(1).max(20_000),
  caption: noteField.nullable().default(null),
  person_id: idField.nullable().default(null),
  /** UTC epoch milliseconds. */
  taken_at: z.int().min(0),
};
