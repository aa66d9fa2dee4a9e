import { z } from 'zod';
import type { PHOTO_FIELDS } from '../entities/fields.ts';

/**
 * How the bytes of photos travel: apart from the rows that name them, after all text, and a piece at a time, so that a line
 * that breaks costs no more than what was on it. Both sides know a photo by the SHA-256 of its bytes.
 */

export type PhotoMime = z.output<typeof PHOTO_FIELDS.mime>;

/** Sent in one request: seconds on a very slow line, so that text that waits behind a piece does not wait long. */
export const PHOTO_PIECE_BYTES = 64 * 1024;

/** Where the bytes are: `GET` gives them, `PUT` with a `Content-Range` adds a piece. */
export function photoPath(hash: string): string {
  return `/photos/${hash}`;
}

/** `GET` says how much of a photo has arrived. */
export function photoOffsetPath(hash: string): string {
  return `/photos/${hash}/offset`;
}

/** What the server has of a photo after a piece, or when it is asked. */
export const photoOffsetField = z.strictObject({
  bytes: z.int().min(0),
  /** All of it is there, and is what its name says. */
  complete: z.boolean(),
});
export type PhotoOffset = z.output<typeof photoOffsetField>;
