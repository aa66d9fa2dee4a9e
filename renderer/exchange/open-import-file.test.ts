import { expect, it } from 'vitest';
import { IMPORT_FILE_BYTES_MAX, openImportFile } from './open-import-file.ts';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

it('F24: reads what spreadsheets save, whatever the encoding and separator', async () => {
  const utf8 = await openImportFile('a.csv', bytesOf('\uFEFFcode;name\nA;Gänge\n'));
  expect(utf8).toMatchObject({ encoding: 'utf-8', separator: ';', headers: ['code', 'name'] });
  const latin = Uint8Array.from('code\tname\nA\tG\u00e4nge\n', (one) => one.charCodeAt(0));
  const windows = await openImportFile('a.txt', latin);
  expect(windows).toMatchObject({
    encoding: 'windows-1252',
    separator: '\t',
    sample: ['A', 'Gänge'],
  });
  const wide = Uint8Array.from([
    0xff,
    0xfe,
    ...Array.from('a,b\n1,2', (one) => [one.charCodeAt(0), 0]).flat(),
  ]);
  expect(await openImportFile('a.csv', wide)).toMatchObject({
    headers: ['a', 'b'],
    sample: ['1', '2'],
  });
});

it.each([
  ['notText', 'PK\u0003\u0004 and so on'],
  ['notText', 'code\u0000name\n'],
  ['empty', ''],
  ['empty', 'code,name\n'],
  ['duplicateHeader', 'code,name,code\nA,B,C\n'],
  ['badHeader', 'code,"name\nA,B\n'],
  ['tooManyColumns', `${Array.from({ length: 1_000_000 }, (_, at) => `c${at}`).join(',')}\nA\n`],
  ['tooLarge', 'x'.repeat(IMPORT_FILE_BYTES_MAX + 1)],
])('F24: says what is wrong with a file: %s', async (code, text) => {
  expect(await openImportFile('a.csv', bytesOf(text))).toMatchObject({ code });
});
