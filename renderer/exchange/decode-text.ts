import { BYTE_ORDER_MARK } from '../../shared/exchange/csv-line.ts';

/** How the text of a file was written. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'windows-1252';

export interface DecodedText {
  text: string;
  encoding: TextEncoding;
}

/**
 * What spreadsheets save: UTF-8, UTF-16 with its mark, else the Windows code page of western Europe, in which every byte is a
 * character. Text that is valid UTF-8 is hardly ever anything else.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, 'utf-16le');
  try {
    return decoded(bytes, 'utf-8', true);
  } catch {
    return decoded(bytes, 'windows-1252');
  }
}

function decoded(bytes: Uint8Array, encoding: TextEncoding, fatal = false): DecodedText {
  const text = new TextDecoder(encoding, { fatal }).decode(bytes);
  return { text: text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text, encoding };
}
