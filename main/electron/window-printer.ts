import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';
import type { PaperSize, PrintInput } from '../../shared/desktop/printing.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { PrinterPort } from '../app/printer-port.ts';
import type { ElectronApi } from './electron-api.ts';

const MICRONS_PER_MM = 1_000;
const MM_PER_INCH = 25.4;
/** What Chromium calls a job that a person stopped. */
const CANCELLED = 'Print job canceled';

/** Prints what the window's page shows to printers, at its true size. */
export function createWindowPrinter(
  { dialog }: Pick<ElectronApi, 'dialog'>,
  window: BrowserWindow,
): PrinterPort {
  const { webContents } = window;
  return {
    print: ({ paper }) =>
      new Promise((resolve, reject) => {
        // Margins stay at their default, so that the page's own rule for them holds.
        webContents.print({ pageSize: inMicrons(paper) }, (isDone, reason) => {
          if (isDone || reason === CANCELLED) resolve();
          else reject(new TallymanError('PRINT_FAILED', `Printing failed: ${reason}`));
        });
      }),
    savePdf: async ({ paper, name }) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: fileNameOf(name),
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
      });
      if (canceled || filePath === '') return false;
      const pdf = await webContents.printToPDF({
        pageSize: inInches(paper),
        preferCSSPageSize: true,
        margins: { top: 0, bottom: 0, left: 0, right: 0 },
      });
      await writeWhole(filePath, pdf);
      return true;
    },
  };
}

function inMicrons({ width, height }: PaperSize): PaperSize {
  return {
    width: Math.round(width * MICRONS_PER_MM),
    height: Math.round(height * MICRONS_PER_MM),
  };
}

function inInches({ width, height }: PaperSize): PaperSize {
  return { width: width / MM_PER_INCH, height: height / MM_PER_INCH };
}

/** Without what a file system, or a path, takes for something else. */
function fileNameOf(name: PrintInput['name']): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return `${name.replaceAll(/[<>:"/\\|?*\u0000-\u001f]/g, '-')}.pdf`;
}

/** A file that was there stays as it was until the new one is complete. */
async function writeWhole(path: string, data: Uint8Array): Promise<void> {
  const beside = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(beside, data);
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new TallymanError('PRINT_FAILED', 'The file could not be written.', { cause });
  }
}
