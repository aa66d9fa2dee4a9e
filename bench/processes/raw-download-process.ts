import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { request } from 'undici';
import { matchExpression, parseSearchQuery } from '../../main/store/search/search-query.ts';
import { openReadable } from '../../main/store/sqlite.ts';
import { assert, must } from '../../shared/domain/assert.ts';
import { serveProcess } from '../bench-process.ts';

export interface RawDownloadInput {
  url: string;
  targetFile: string;
  /** Null: the file comes as it is. Else it comes as so many zstd frames. */
  frames: readonly { bytes: number; plainBytes: number }[] | null;
  text: string;
}

export interface RawDownloadOutput {
  seconds: number;
  /** Of these, for the disk to have it all. */
  flushSeconds: number;
}

/**
 * The limit of a first sync: a ready file is downloaded in one request, written, flushed, opened and searched once. Nothing
 * is checked, resumed or shown, and nobody else is served meanwhile.
 */
serveProcess(async ({ url, targetFile, frames, text }: RawDownloadInput) => {
  const startedAt = performance.now();
  const file = openSync(targetFile, 'w');
  const { body } = await request(url);
  if (frames === null) {
    for await (const piece of body as AsyncIterable<Buffer>) writeSync(file, piece);
  } else {
    await unpack(body, { frames, write: (plain) => void writeSync(file, plain) });
  }
  const writtenAt = performance.now();
  fsyncSync(file);
  closeSync(file);
  const flushedAt = performance.now();
  searchOnce(targetFile, text);
  return {
    seconds: (performance.now() - startedAt) / 1_000,
    flushSeconds: (flushedAt - writtenAt) / 1_000,
  } satisfies RawDownloadOutput;
});

async function unpack(
  body: AsyncIterable<Buffer>,
  {
    frames,
    write,
  }: { frames: readonly { bytes: number; plainBytes: number }[]; write: (plain: Buffer) => void },
): Promise<void> {
  let at = 0;
  let filled = 0;
  let gathered = Buffer.allocUnsafe(frames[0]?.bytes ?? 0);
  for await (const piece of body) {
    for (let read = 0; read < piece.length;) {
      const frame = must(frames[at], 'a frame');
      const copied = piece.copy(gathered, filled, read);
      read += copied;
      filled += copied;
      if (filled < frame.bytes) continue;
      write(zstdDecompressSync(gathered, { chunkSize: frame.plainBytes }));
      at += 1;
      filled = 0;
      gathered = Buffer.allocUnsafe(frames[at]?.bytes ?? 0);
    }
  }
}

function searchOnce(file: string, text: string): void {
  const db = openReadable(file);
  const { terms } = parseSearchQuery(text);
  const found = db
    .prepare('SELECT rowid FROM product_search WHERE product_search MATCH ? LIMIT 1')
    .all(matchExpression(terms, { facets: [], withoutFacets: [] }));
  assert(found.length === 1, 'a search that finds something');
  db.close();
}
