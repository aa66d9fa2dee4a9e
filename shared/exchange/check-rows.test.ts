import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CheckedRow, RowChecker } from './check-rows.ts';
import { csvLine } from './csv-line.ts';
import { csvRecords } from './csv-records.ts';
import { guessColumns } from './guess-columns.ts';
import { guessSeparator } from './guess-separator.ts';
import type { ImportKind } from './import-fields.ts';
import type { RowProblem } from './row-problem.ts';

interface Checked {
  problems: readonly RowProblem[];
  good: readonly CheckedRow[];
}

function checkText(text: string, kind: ImportKind): Checked {
  const separator = guessSeparator(text);
  const records = csvRecords(text, separator);
  const header = records.next().value as { cells: readonly string[] };
  const columns = guessColumns(header.cells, kind);
  const checker = new RowChecker({ kind, columns, width: header.cells.length });
  const good = [...records].flatMap((record) => checker.check(record) ?? []);
  return { problems: checker.problems, good };
}

const told = ({ problems }: Checked): unknown[] =>
  problems.map(({ row, field, code }) => [row, field, code]);

it('S16: 20,000 lines validate in one pass with all errors listed', () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => {
    // Each tenth line has three things wrong with it.
    if (at % 10 === 0) return `S${at},,many,31.06.2027\r\n`;
    return `S${at},A-01,${at},2027-12-31\r\n`;
  });
  const checked = checkText(`sku,location,quantity,expires_on\r\n${lines.join('')}`, 'stock');
  expect(checked.good).toHaveLength(18_000);
  expect(checked.problems).toHaveLength(6_000);
  expect(told(checked).slice(0, 6)).toEqual([
    [2, 'location', 'empty'],
    [2, 'quantity', 'notInteger'],
    [2, 'expires_on', 'notDay'],
    [12, 'location', 'empty'],
    [12, 'quantity', 'notInteger'],
    [12, 'expires_on', 'notDay'],
  ]);
  expect(new Set(checked.problems.map(({ row }) => row)).size).toBe(2_000);
});

describe('F24: a file is read', () => {
  it.each([
    ['en', 'SKU,Location,Qty,Lot,Expiry date'],
    ['de', 'Artikelnummer;Lagerplatz;Menge;Charge;MHD'],
    ['es', 'Referencia;Ubicación;Cantidad;Lote;Fecha de caducidad'],
    ['ru', 'Артикул;Место;Количество;Партия;Срок годности'],
  ])('with headers in %s', (_, header) => {
    const separator = guessSeparator(header);
    const columns = guessColumns(header.split(separator), 'stock');
    expect(columns).toEqual({ sku: 0, location: 1, quantity: 2, lot: 3, expires_on: 4 });
  });

  it('by its values', () => {
    const text = 'code;name;capacity;blocked\nA-01;Rack;12;ja\nA-02;;;no\n';
    expect(checkText(text, 'locations')).toEqual({
      problems: [],
      good: [
        { row: 2, values: { code: 'A-01', name: 'Rack', capacity: 12, blocked: true } },
        { row: 3, values: { code: 'A-02', name: null, capacity: null, blocked: false } },
      ],
    });
  });

  it('whatever its line ends, with quotes over lines and numbers as a spreadsheet has them', () => {
    const rows = [...csvRecords('a,b\r\n\r\n"one\ntwo",2\rx,"un\ny,3', ',')];
    expect(rows.map(({ row, cells }) => [row, cells])).toEqual([
      [1, ['a', 'b']],
      [3, ['one\ntwo', '2']],
      [4, null],
      [5, ['y', '3']],
    ]);
  });

  it('as it was written, formulas and all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[=+@\- a-zäß",;'\n]{0,12}$/), { minLength: 2, maxLength: 5 }),
        (cells) => {
          const [record] = csvRecords(csvLine([...cells, 'end']), ',');
          const read = record?.cells ?? [];
          expect(read).toHaveLength(cells.length + 1);
        },
      ),
    );
    const [row] = checkText(`code,name\r\n${csvLine(['A-01', '=1+1'])}`, 'locations').good;
    expect(row?.values).toEqual({ code: 'A-01', name: '=1+1' });
  });
});

describe('F24: a row is refused', () => {
  it.each<[unknown[], ImportKind, string]>([
    [[[2, 'code', 'empty']], 'locations', 'code,name\n,Rack\n'],
    [[[2, null, 'cellCount']], 'locations', 'code,name\nA,B,C\n'],
    [[[2, 'code', 'tooLong']], 'locations', `code,name\n${'x'.repeat(65)},B\n`],
    [[[2, 'name', 'tooLong']], 'locations', `code,name\nA,${'x'.repeat(5_000_000)}\n`],
    [[[2, 'name', 'control']], 'locations', 'code,name\nA,nul \u0000 inside\n'],
    [[[2, 'blocked', 'notBoolean']], 'locations', 'code,blocked\nA,perhaps\n'],
    [[[3, 'code', 'duplicate']], 'locations', 'site,code\nHAM,A\nHAM,A\nBCN,A\n'],
    [[[2, null, 'unclosedQuote']], 'locations', 'code,name\nA,"open\nB,C\n'],
    [[[2, null, 'badQuote']], 'locations', 'code,name\nA,"shut"x\nB,C\n'],
    [[[2, 'sku', 'noKey']], 'stock', 'sku,location,quantity\n,A,1\n'],
    [[[2, 'barcode', 'checkDigit']], 'stock', 'barcode,location,quantity\n4006381333932,A,1\n'],
    [[[2, 'quantity', 'notInteger']], 'stock', 'sku,location,quantity\nS,A,-1\n'],
    [[[2, 'price', 'notPrice']], 'products', 'sku,name,price\nS,Tea,"1,234.5"\n'],
    [[[2, 'abc', 'notChoice']], 'products', 'sku,name,abc\nS,Tea,D\n'],
    [[[3, 'sku', 'duplicate']], 'products', 'sku,name\nS,Tea\nS,Jar\n'],
  ])('as %j', (problems, kind, text) => {
    expect(told(checkText(text, kind))).toEqual(problems);
  });

  it('with a million cells, in words that do not show them', () => {
    const wide = Array.from({ length: 1_000_000 }, () => 'x').join(',');
    const { problems } = checkText(`code,name\n${wide}\nA,B\n`, 'locations');
    expect(problems).toEqual([
      {
        row: 2,
        field: null,
        value: expect.stringMatching(/^x.{0,60}…$/),
        code: 'cellCount',
        facts: { found: 1_000_000, expected: 2 },
      },
    ]);
  });
});
