/** One scan as it came: everything between the first key of a burst and the key or pause that ended it. */
export interface ScanFrame {
  /** UUIDv7, given when it was framed. */
  id: string;
  /** Without the scanner's prefix and suffix; GS1's separator is the character GS. */
  text: string;
  /** Every character that came, as it came, except the suffix. */
  raw: string;
  /** UTC epoch milliseconds. */
  at: number;
}
