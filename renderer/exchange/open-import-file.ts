import { csvRecords } from '../../shared/exchange/csv-records.ts';
import { guessSeparator, type Separator } from '../../shared/exchange/guess-separator.ts';
import { decodeText, type TextEncoding } from './decode-text.ts';

/** Far above any list that a person keeps in a spreadsheet. */
export const IMPORT_FILE_BYTES_MAX = 16 * 1024 * 1024;
const COLUMNS_MAX = 200;
const NAMES_SHOWN_MAX = 60;

/** A file that can be read as a table. */
export interface ImportFile {
  name: string;
  text: string;
  encoding: TextEncoding;
  separator: Separator;
  headers: readonly string[];
  /** Of the first row below the headers, so that a person recognises the columns. */
  sample: readonly string[];
  /** SHA-256 of the text: names the file in the ids of what is made of it. */
  hash: string;
}

/** Why a file as a whole makes no sense. */
export interface FileProblem {
  code: 'tooLarge' | 'notText' | 'empty' | 'tooManyColumns' | 'duplicateHeader' | 'badHeader';
  facts: Readonly<Record<string, string | number>>;
}

/** Reads a file's bytes as CSV, whatever its encoding and separator. */
export async function openImportFile(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<ImportFile | FileProblem> {
  if (bytes.length > IMPORT_FILE_BYTES_MAX) {
    return { code: 'tooLarge', facts: { megabytes: IMPORT_FILE_BYTES_MAX / 1024 / 1024 } };
  }
  const { text, encoding } = decodeText(bytes);
  // Spreadsheets' own files are packed: the letters PK, and zeros within the first hundred bytes.
  if (text.startsWith('PK\u0003\u0004') || text.slice(0, 100).includes('\0')) {
    return { code: 'notText', facts: {} };
  }
  const separator = guessSeparator(text);
  const [header, first] = csvRecords(text, separator);
  if (header === undefined || first === undefined) return { code: 'empty', facts: {} };
  if (header.cells === null) return { code: 'badHeader', facts: {} };
  const headers = header.cells.map((cell) => cell.trim());
  if (headers.length > COLUMNS_MAX) {
    return { code: 'tooManyColumns', facts: { found: headers.length, max: COLUMNS_MAX } };
  }
  const twice = headers.find((cell, at) => cell !== '' && headers.indexOf(cell) !== at);
  if (twice !== undefined) {
    return { code: 'duplicateHeader', facts: { name: twice.slice(0, NAMES_SHOWN_MAX) } };
  }
  const sample = first.cells ?? [];
  return { name, text, encoding, separator, headers, sample, hash: await sha256(bytes) };
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
