import { TallymanError } from '../../../shared/errors.ts';
import { PHOTO_PIECE_BYTES, type PhotoOffset } from '../../../shared/sync/photo-transfer.ts';
import type { PhotoServer } from './photo-server.ts';

/** A connection that brings fewer bytes before it breaks is none, and the run is tried again later. */
const CONNECTION_BYTES_MIN = 1_024;

export interface UploadOptions {
  server: PhotoServer;
  hash: string;
  /** The whole photo, asked for only if the server lacks some of it. */
  read: () => Promise<Uint8Array>;
  /** Something more urgent waits for the line. */
  isHurried: () => boolean;
  signal: AbortSignal;
}

/**
 * Brings a photo to the server piece by piece, from where the server has it. A connection that breaks is taken up again at
 * once, at the very byte, as long as it brings something. False if it stopped for something more urgent.
 */
export async function uploadPhoto(options: UploadOptions): Promise<boolean> {
  const { server, hash, signal } = options;
  let offset = await server.offset(hash, signal);
  if (offset.complete) return true;
  const bytes = await options.read();
  while (!offset.complete) {
    if (options.isHurried()) return false;
    // All of it is there and was not looked at, as after a kill: the last byte once more makes the server look.
    const at = Math.min(offset.bytes, bytes.length - 1);
    const body = bytes.subarray(at, at + PHOTO_PIECE_BYTES);
    offset = await putOrAsk(options, { hash, at, body, total: bytes.length });
  }
  return true;
}

async function putOrAsk(
  { server, hash, signal }: UploadOptions,
  piece: Parameters<PhotoServer['put']>[0],
): Promise<PhotoOffset> {
  try {
    return await server.put(piece, signal);
  } catch (error) {
    if (!isBreak(error)) throw error;
    const offset = await server.offset(hash, signal);
    const brought = offset.bytes - piece.at;
    if (!offset.complete && brought < Math.min(CONNECTION_BYTES_MIN, piece.body.length)) {
      throw error;
    }
    return offset;
  }
}

function isBreak(error: unknown): boolean {
  return (
    error instanceof TallymanError &&
    (error.code === 'SERVER_UNREACHABLE' || error.code === 'SERVER_TIMEOUT')
  );
}
