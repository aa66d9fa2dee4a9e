import { createReadStream, type ReadStream } from 'node:fs';
import { pipeline, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';

const CHUNK_BYTES = 256 * 1024;

/** A file's content, unpacked if it is packed, in chunks of bounded size. */
export interface UnpackedFile {
  chunks: AsyncIterable<Buffer>;
  /** Of the file as it lies on the disk. */
  bytesRead: () => number;
}

/** `start` is the file's first bytes: they say how it is packed, whatever it is called. Opens it when it is first read. */
export function unpackFile(path: string, start: Buffer, size: number): UnpackedFile {
  if (isZstd(start)) return unpackZstd(path, size);
  let file: ReadStream | null = null;
  async function* chunks(): AsyncGenerator<Buffer> {
    file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    yield* isGzip(start) ? through(file, createGunzip({ chunkSize: CHUNK_BYTES })) : file;
  }
  return { chunks: chunks(), bytesRead: () => file?.bytesRead ?? 0 };
}

function isGzip(start: Buffer): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/** A frame with data, or one to be skipped, with which parallel packers begin. */
function isZstd(start: Buffer): boolean {
  if (start.length < 4) return false;
  const magic = start.readUInt32LE(0);
  return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50;
}

/**
 * A .zst file may be several frames one after another. Node stops after the first one without a word
 * (https://github.com/nodejs/node/issues/64741), which would lose the rest of the lines; so this goes on where the
 * decoder stopped until the file is used up.
 */
function unpackZstd(path: string, size: number): UnpackedFile {
  let frameStart = 0;
  let file: ReadStream | null = null;
  async function* chunks(): AsyncGenerator<Buffer> {
    while (frameStart < size) {
      file = createReadStream(path, { start: frameStart, highWaterMark: CHUNK_BYTES });
      const decoder = createZstdDecompress({ chunkSize: CHUNK_BYTES });
      yield* through(file, decoder);
      file = null;
      frameStart += decoder.bytesWritten;
    }
  }
  return { chunks: chunks(), bytesRead: () => frameStart + (file?.bytesRead ?? 0) };
}

async function* through(file: ReadStream, decoder: Transform): AsyncGenerator<Buffer> {
  try {
    // Who reads the end of a pipeline is thrown its failure, so its own report is not needed.
    yield* pipeline(file, decoder, () => undefined) as AsyncIterable<Buffer>;
  } finally {
    file.destroy();
    decoder.destroy();
  }
}
