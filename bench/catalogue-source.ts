import type { ImportSource } from '../server/import/open-source.ts';
import { openSource } from '../server/import/open-source.ts';
import { SAMPLE_HEADER, sampleLines } from './sample-catalogue.ts';

export interface CatalogueChoice {
  rows: number;
  /** A file to take the first rows of; null makes up a catalogue from the seed. */
  file: string | null;
  seed: number;
}

const LINES_PER_CHUNK = 1_000;
const NEWLINE = 0x0a;

/** What the server imports before anything is measured. */
export async function catalogueSource({
  rows,
  file,
  seed,
}: CatalogueChoice): Promise<ImportSource> {
  if (file === null) {
    return { chunks: madeUp(rows, seed), bytesRead: () => 0, bytesTotal: 0 };
  }
  const source = await openSource(file);
  return { ...source, chunks: firstLines(source.chunks, rows + 1) };
}

async function* madeUp(rows: number, seed: number): AsyncGenerator<Buffer> {
  yield Buffer.from(SAMPLE_HEADER);
  let lines: string[] = [];
  for (const line of sampleLines(rows, seed)) {
    lines.push(line);
    if (lines.length < LINES_PER_CHUNK) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  yield Buffer.from(lines.join(''));
}

async function* firstLines(chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of chunks) {
    let end = 0;
    while (left > 0) {
      const newline = chunk.indexOf(NEWLINE, end);
      if (newline === -1) break;
      end = newline + 1;
      left -= 1;
    }
    if (left > 0) yield chunk;
    else {
      yield chunk.subarray(0, end);
      return;
    }
  }
}
