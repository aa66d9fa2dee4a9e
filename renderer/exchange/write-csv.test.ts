import { expect, it } from 'vitest';
import { type CsvTable, writeCsv } from './write-csv.ts';

const table = (rows: number, page = 200): CsvTable<number> => ({
  columns: [
    ['number', (row) => row],
    ['text', (row) => `=${row}`],
  ],
  pages: async function* readAll() {
    for (let at = 0; at < rows; at += page) {
      yield Array.from({ length: Math.min(page, rows - at) }, (_, index) => at + index);
    }
  },
});
const options = {
  separator: ',' as const,
  signal: new AbortController().signal,
  onProgress: () => undefined,
};

it('F24: writes 100,000 rows, in slices that let the window live', async () => {
  let beats = 0;
  const heart = setInterval(() => (beats += 1), 0);
  const progress: number[] = [];
  const onProgress = (rows: number): number => progress.push(rows);
  // One page of everything is as well cut into slices as many small ones.
  const file = await writeCsv(table(100_000, 100_000), { ...options, onProgress });
  clearInterval(heart);
  const text = await file.content.text();
  expect(text.startsWith('\uFEFFnumber,text\r\n0,"\'=0"\r\n')).toBe(true);
  expect(text.endsWith('99999,"\'=99999"\r\n')).toBe(true);
  expect(text.split('\r\n')).toHaveLength(100_002);
  expect(file).toMatchObject({ rows: 100_000, isCut: false });
  expect(beats).toBeGreaterThan(50);
  expect(progress.at(-1)).toBe(100_000);
});

it('F24: says so where a file cannot hold all rows', async () => {
  const file = await writeCsv(table(25), { ...options, rowsMax: 10 });
  expect(file).toMatchObject({ rows: 10, isCut: true });
  expect((await file.content.text()).trim().split('\r\n')).toHaveLength(11);
  expect(await writeCsv(table(10), { ...options, rowsMax: 10 })).toMatchObject({ isCut: false });
});

it('F24: an export that is cancelled ends at once', async () => {
  const controller = new AbortController();
  const onProgress = (rows: number): void => {
    if (rows === 1_000) controller.abort(new Error('enough'));
  };
  await expect(
    writeCsv(table(1_000_000), { ...options, signal: controller.signal, onProgress }),
  ).rejects.toThrow('enough');
});
