import { isUtf8 } from 'node:buffer';
import { must } from '../../shared/domain/assert.ts';

/** Far above any sensible line; a longer one is rejected and never held in memory as a whole. */
export const LINE_BYTES_MAX = 64 * 1024;

/** A line without its line end. */
export type SourceLine =
  | { number: number; text: string }
  /** `bytes` is the line as it is, or the beginning of one that is too long. */
  | { number: number; text: null; bytes: Buffer; problem: 'bad_utf8' | 'line_too_long' };

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Cuts chunks of bytes into lines; LF and CRLF both end one. UTF-8 is checked to the byte: first for a whole chunk, which is
 * quick, and line by line only if that fails, so that just the bad lines are marked. Yields the lines of a chunk at once.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<SourceLine[]> {
  const cutter = new LineCutter();
  for await (const chunk of chunks) yield cutter.cut(chunk);
  yield cutter.end();
}

class LineCutter {
  #number = 0;
  /** Bytes since the last line end, in pieces; at most `LINE_BYTES_MAX` and one chunk of them. */
  #rest: Buffer[] = [];
  #restBytes = 0;
  /** The line that is being passed over is known to be too long. */
  #tooLong: Buffer | null = null;

  cut(chunk: Buffer): SourceLine[] {
    const lines: SourceLine[] = [];
    const firstEnd = chunk.indexOf(LINE_FEED);
    if (firstEnd === -1) {
      this.#keep(chunk);
      return lines;
    }
    this.#keep(chunk.subarray(0, firstEnd));
    lines.push(this.#finishRest());
    const lastEnd = chunk.lastIndexOf(LINE_FEED);
    if (lastEnd > firstEnd) this.#cutWhole(chunk.subarray(firstEnd + 1, lastEnd), lines);
    this.#keep(chunk.subarray(lastEnd + 1));
    return lines;
  }

  end(): SourceLine[] {
    return this.#restBytes > 0 || this.#tooLong !== null ? [this.#finishRest()] : [];
  }

  /** `block` begins and ends with whole lines; the last one's line feed is not in it. */
  #cutWhole(block: Buffer, lines: SourceLine[]): void {
    if (isUtf8(block)) {
      for (const text of block.toString('utf8').split('\n')) {
        // A UTF-16 unit is at most three bytes of UTF-8, so most lines need not be measured.
        const mayBeTooLong = text.length * 3 > LINE_BYTES_MAX;
        if (mayBeTooLong) lines.push(this.#lineOf(Buffer.from(text)));
        else lines.push(this.#textLine(text.endsWith('\r') ? text.slice(0, -1) : text));
      }
      return;
    }
    for (let start = 0; start <= block.length;) {
      const found = block.indexOf(LINE_FEED, start);
      const end = found === -1 ? block.length : found;
      lines.push(this.#lineOf(block.subarray(start, end)));
      start = end + 1;
    }
  }

  #keep(bytes: Buffer): void {
    if (this.#tooLong !== null || bytes.length === 0) return;
    this.#rest.push(bytes);
    this.#restBytes += bytes.length;
    // One more for the CR of a CRLF.
    if (this.#restBytes > LINE_BYTES_MAX + 1) {
      this.#tooLong = Buffer.concat(this.#rest, LINE_BYTES_MAX);
      this.#rest = [];
      this.#restBytes = 0;
    }
  }

  #finishRest(): SourceLine {
    const tooLong = this.#tooLong;
    const bytes = this.#rest.length === 1 ? must(this.#rest[0], 'rest') : Buffer.concat(this.#rest);
    this.#rest = [];
    this.#restBytes = 0;
    this.#tooLong = null;
    return tooLong === null ? this.#lineOf(bytes) : this.#tooLongLine(tooLong);
  }

  #lineOf(withReturn: Buffer): SourceLine {
    const bytes = withReturn.at(-1) === CARRIAGE_RETURN ? withReturn.subarray(0, -1) : withReturn;
    if (bytes.length > LINE_BYTES_MAX) return this.#tooLongLine(bytes);
    if (isUtf8(bytes)) return this.#textLine(bytes.toString('utf8'));
    // Copied, so that a rejected line does not keep its whole chunk in memory.
    return { number: ++this.#number, text: null, bytes: Buffer.from(bytes), problem: 'bad_utf8' };
  }

  #textLine(text: string): SourceLine {
    this.#number += 1;
    const isMarked = this.#number === 1 && text.startsWith(BYTE_ORDER_MARK);
    return { number: this.#number, text: isMarked ? text.slice(1) : text };
  }

  #tooLongLine(bytes: Buffer): SourceLine {
    const beginning = Buffer.from(bytes.subarray(0, LINE_BYTES_MAX));
    return { number: ++this.#number, text: null, bytes: beginning, problem: 'line_too_long' };
  }
}
