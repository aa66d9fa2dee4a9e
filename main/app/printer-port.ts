import type { PrintInput } from '../../shared/desktop/printing.ts';

/** Prints the page as its print styles show it. Only a shell with a window of its own has one. */
export interface PrinterPort {
  /** Asks for the printer first. A person who cancels there has printed nothing, and that is no error. */
  print: (input: PrintInput) => Promise<void>;
  /** Asks where to; false if the person cancelled. */
  savePdf: (input: PrintInput) => Promise<boolean>;
}
