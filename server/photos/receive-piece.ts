import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { TallymanError } from '../../shared/errors.ts';
import type { PhotoMime, PhotoOffset } from '../../shared/sync/photo-transfer.ts';
import type { PhotoShelf } from './photo-shelf.ts';

export interface PhotoPiece {
  hash: string;
  mime: PhotoMime;
  /** Of the first byte. */
  start: number;
  /** Behind the last byte. */
  end: number;
  /** Of the whole photo. */
  total: number;
  body: Readable;
}

interface Receiving {
  body: Readable;
  ended: Promise<void>;
}

/**
 * Takes photos piece by piece. What a connection brought before it broke is kept, and the next one goes on there. One piece
 * of a photo arrives at a time: a laptop that comes again has given up the connection before, so that one is ended.
 */
export class PieceReceiver {
  readonly #shelf: PhotoShelf;
  readonly #receiving = new Map<string, Receiving>();

  constructor(shelf: PhotoShelf) {
    this.#shelf = shelf;
  }

  /** Throws BAD_INPUT for bytes that are not the photo, and NoSuchPlace for a piece that leaves a hole. */
  async receive(piece: PhotoPiece): Promise<PhotoOffset> {
    const { hash, body } = piece;
    for (let before = this.#receiving.get(hash); before; before = this.#receiving.get(hash)) {
      before.body.destroy();
      await before.ended;
    }
    const ended = Promise.withResolvers<void>();
    const own: Receiving = { body, ended: ended.promise };
    this.#receiving.set(hash, own);
    try {
      return await this.#append(piece);
    } finally {
      this.#receiving.delete(hash);
      ended.resolve();
    }
  }

  async #append(piece: PhotoPiece): Promise<PhotoOffset> {
    const { hash, mime, start, total } = piece;
    const here = await this.#shelf.offset(hash);
    if (here.complete) return here;
    if (start > here.bytes) throw new NoSuchPlace();
    const part = await this.#shelf.openPart(hash, start);
    let bytes: number;
    try {
      bytes = await write(part, piece);
      if (bytes === total) await part.sync();
    } finally {
      await part.close();
    }
    if (bytes < total) return { bytes, complete: false };
    await this.#shelf.finish(hash, mime);
    return { bytes, complete: true };
  }
}

/** The piece begins behind what is here, as after parts were cleared away. */
export class NoSuchPlace extends Error {}

/** Returns the length of the part then. */
async function write(part: FileHandle, { start, end, body }: PhotoPiece): Promise<number> {
  let at = start;
  for await (const bytes of body as AsyncIterable<Buffer>) {
    if (at + bytes.length > end) {
      throw new TallymanError('BAD_INPUT', 'More bytes arrived than were announced.');
    }
    await part.write(bytes, 0, bytes.length, at);
    at += bytes.length;
  }
  return at;
}
