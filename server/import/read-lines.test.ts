import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINE_BYTES_MAX, readLines, type SourceLine } from './read-lines.ts';

async function linesOf(...chunks: readonly (string | Uint8Array)[]): Promise<SourceLine[]> {
  const buffers = chunks.map((chunk) => Buffer.from(chunk as string));
  const lines: SourceLine[] = [];
  for await (const some of readLines(streamOf(buffers))) lines.push(...some);
  return lines;
}

async function* streamOf(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

describe('readLines', () => {
  it('numbers lines, whatever ends them', async () => {
    expect(await linesOf('one\r\ntwo\n\nfour')).toEqual([
      { number: 1, text: 'one' },
      { number: 2, text: 'two' },
      { number: 3, text: '' },
      { number: 4, text: 'four' },
    ]);
  });

  it('takes a byte order mark off the first line alone', async () => {
    expect(await linesOf('\uFEFFa\n\uFEFFb\n')).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: '\uFEFFb' },
    ]);
  });

  it('marks the line with bad UTF-8 and no other', async () => {
    const bad = Buffer.from([0x62, 0xff, 0x63]);
    const lines = await linesOf(
      'a\nb\n',
      Buffer.concat([Buffer.from('é\n'), bad, Buffer.from('\nд\n')]),
    );
    expect(lines).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: 'b' },
      { number: 3, text: 'é' },
      { number: 4, text: null, bytes: bad, problem: 'bad_utf8' },
      { number: 5, text: 'д' },
    ]);
  });

  it('keeps only the beginning of a line that is too long, and goes on after it', async () => {
    const long = 'x'.repeat(LINE_BYTES_MAX + 1);
    const fits = 'ы'.repeat(LINE_BYTES_MAX / 2);
    for (const chunks of [
      [`a\n${long}\n${fits}\nb\n`],
      [`a\n${long}`, long, long, `\n${fits}\r\nb\n`],
    ]) {
      const lines = await linesOf(...chunks);
      expect(lines.map((line) => (line.text === null ? line.problem : line.text.length))).toEqual([
        1,
        'line_too_long',
        fits.length,
        1,
      ]);
      const [, tooLong] = lines;
      expect(tooLong?.text === null && tooLong.bytes.length).toBe(LINE_BYTES_MAX);
    }
  });

  it('reads the same however the bytes are cut into chunks', async () => {
    const bytes = fc
      .array(fc.constantFrom(0x0a, 0x0d, 0x61, 0xd0, 0xb4, 0xff, 0xef, 0xbb, 0xbf), {
        maxLength: 60,
      })
      .map((some) => Buffer.from(some));
    await fc.assert(
      fc.asyncProperty(bytes, fc.array(fc.nat(60), { maxLength: 6 }), async (all, cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), all.length];
        const chunks = places.map((start, at) => all.subarray(start, places[at + 1] ?? all.length));
        expect(await linesOf(...chunks)).toEqual(await linesOf(all));
      }),
    );
  });
});
