import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { toCsv } from './to-csv.ts';

const bodyOf = (text: string): string => text.replace(/^\uFEFF/, '');

it('quotes what must be quoted', () => {
  expect(bodyOf(toCsv([['plain', 'a,b', 'say "hi"', 'two\nlines', null, 7, true]]))).toBe(
    'plain,"a,b","say ""hi""","two\nlines",,7,true\r\n',
  );
});

it('lets no text become a formula, and leaves numbers alone', () => {
  const cells = ['=1+1', '+49 30', '-2', '@SUM(A1)', '\t=1', '\r=1', '＝1'];
  for (const cell of cells) expect(bodyOf(toCsv([[cell]]))).toBe(`"'${cell}"\r\n`);
  expect(bodyOf(toCsv([[-2, 3]]))).toBe('-2,3\r\n');
});

it('gives every text back to a reader of CSV', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (row) => {
      const read = readCsvLine(bodyOf(toCsv([row])));
      expect(read).toEqual(
        row.map((cell) => (/^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell)),
      );
    }),
  );
});

/** One line by RFC 4180, written apart from the code under test. */
function readCsvLine(text: string): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at < text.length - 1) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        cell += text[at];
        if (text[at] === '"') at += 1;
      }
      at += 1;
    } else {
      while (text[at] !== ',' && text.slice(at, at + 2) !== '\r\n') cell += text[at++];
    }
    cells.push(cell);
    if (text.slice(at) === '\r\n') return cells;
    at += 1;
  }
  return cells;
}
