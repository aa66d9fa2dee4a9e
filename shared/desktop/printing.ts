import { z } from 'zod';

/** From a strip for a shelf's edge to a poster; beyond that a size is a mistake. */
export const PAPER_MM_MIN = 10;
export const PAPER_MM_MAX = 1_200;
const PRINT_NAME_MAX = 120;

const edgeField = z.number().min(PAPER_MM_MIN).max(PAPER_MM_MAX);

/** In millimetres. */
const paperSizeField = z.strictObject({ width: edgeField, height: edgeField });
export type PaperSize = z.output<typeof paperSizeField>;

export const printInput = z.strictObject({
  paper: paperSizeField,
  /** Of the print job, and of the file if it becomes one. */
  name: z.string().trim().min(1).max(PRINT_NAME_MAX),
});
export type PrintInput = z.output<typeof printInput>;

export const A4: PaperSize = { width: 210, height: 297 };
export const LETTER: PaperSize = { width: 215.9, height: 279.4 };

/** Whether the shell itself prints and makes files. Where not, the page's own print dialog does both. */
export interface PrinterView {
  savesPdf: boolean;
}
