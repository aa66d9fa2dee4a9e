import type { PhotoOffset } from '../../../shared/sync/photo-transfer.ts';

export interface PhotoPiece {
  hash: string;
  /** Of the first byte. */
  at: number;
  body: Uint8Array;
  /** Bytes of the whole photo. */
  total: number;
}

/**
 * The server as the bytes of photos see it. Failures are TallymanErrors: NOT_FOUND for a photo that no row of the server
 * names, or that it does not have, and those of every connection.
 */
export interface PhotoServer {
  /** What has arrived of a photo. */
  offset: (hash: string, signal: AbortSignal) => Promise<PhotoOffset>;
  put: (piece: PhotoPiece, signal: AbortSignal) => Promise<PhotoOffset>;
  bytes: (hash: string, from: number, signal: AbortSignal) => AsyncIterable<Uint8Array>;
  close: () => Promise<void>;
}
