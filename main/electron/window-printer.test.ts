import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { expect, test } from 'vitest';
import { A4 } from '../../shared/desktop/printing.ts';
import { FakeBrowserWindow } from '../../tests/fakes/electron-window.ts';
import { createFakeElectron } from '../../tests/fakes/electron.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { createWindowPrinter } from './window-printer.ts';

const tempFolder = useTempFolders();
const LABEL = { paper: { width: 57, height: 32 }, name: 'Labels' };

function openPrinter() {
  const { electron, fake, saveDialogs } = createFakeElectron('/nowhere');
  const window = new FakeBrowserWindow();
  const printer = createWindowPrinter(electron, window as unknown as BrowserWindow);
  return { printer, dialog: fake.dialog, page: window.webContents, saveDialogs };
}

test('prints on paper of the true size, given in microns', async () => {
  const { printer, page } = openPrinter();
  await printer.print(LABEL);
  expect(page.printed).toEqual([{ pageSize: { width: 57_000, height: 32_000 } }]);
});

test('a person who cancels has printed nothing, and a printer that fails says so', async () => {
  const { printer, page } = openPrinter();
  page.printFailure = 'Print job canceled';
  await expect(printer.print(LABEL)).resolves.toBeUndefined();
  page.printFailure = 'Invalid printer settings';
  await expect(printer.print(LABEL)).rejects.toMatchObject({ code: 'PRINT_FAILED' });
});

test('saves a file of the true size where the person says, under a name that every disk takes', async () => {
  const { printer, page, dialog, saveDialogs } = openPrinter();
  const folder = tempFolder();
  dialog.saveTo = join(folder, 'labels.pdf');
  expect(await printer.savePdf({ paper: A4, name: 'Zone A/1: "north"' })).toBe(true);
  expect(saveDialogs).toMatchObject([{ defaultPath: 'Zone A-1- -north-.pdf' }]);
  expect(page.printed).toMatchObject([
    {
      preferCSSPageSize: true,
      pageSize: { width: expect.closeTo(8.27, 2), height: expect.closeTo(11.69, 2) },
    },
  ]);
  expect(readFileSync(dialog.saveTo, 'latin1')).toMatch(/^%PDF/);
  expect(readdirSync(folder)).toEqual(['labels.pdf']);
});

test('nothing is written when the person cancels, and a file that cannot be written leaves nothing behind', async () => {
  const { printer, page, dialog } = openPrinter();
  expect(await printer.savePdf(LABEL)).toBe(false);
  expect(page.printed).toEqual([]);
  const folder = tempFolder();
  dialog.saveTo = join(folder, 'taken');
  mkdirSync(dialog.saveTo);
  await expect(printer.savePdf(LABEL)).rejects.toMatchObject({ code: 'PRINT_FAILED' });
  expect(readdirSync(folder)).toEqual(['taken']);
});
