import type { EncodedBarcode } from './encode-barcode.ts';
import type { LabelSurface } from './label-layout.ts';
import { isMatrix } from './symbology-for.ts';
import { textWidth, wrapText } from './text-width.ts';

/** What stands on a label, whatever its size. Empty texts take no room. */
export interface LabelContent {
  /** Read from a forklift: the code of a place. As large as the label allows. */
  huge: string;
  name: string;
  /** Small, in one line: one at each side. */
  left: string;
  right: string;
  /** What is encoded; null: nothing is. */
  code: string | null;
  /** Under the bars, for people to type when they cannot be scanned. */
  readable: string;
}

export interface LabelText {
  text: string;
  /** Where it starts, has its middle, or ends; `y` is its base line. */
  x: number;
  y: number;
  size: number;
  isBold: boolean;
  anchor: 'start' | 'middle' | 'end';
}

export interface LabelBars {
  barcode: EncodedBarcode;
  x: number;
  y: number;
  /** Of one narrowest bar. */
  scaleX: number;
  scaleY: number;
}

/** A label as it is drawn, in millimetres. */
export interface LabelDrawing {
  texts: readonly LabelText[];
  /** Null if there is no code, or no room to draw it so that a scanner can read it. */
  bars: LabelBars | null;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Two dots of the usual label printer. Narrower bars run into one another. */
const MODULE_MIN_MM = 0.25;
const MODULE_MAX_MM = 0.75;
const SQUARE_MAX_MM = 1.2;
const BARS_HEIGHT_MIN_MM = 5;
const BARS_HEIGHT_MAX_MM = 40;
/** From the top of a line to its base line, and to the next line. */
const ASCENT = 0.78;
const LINE = 1.2;

/** Draws the first of the encodings that this size of label can hold. */
export function composeLabel(
  content: LabelContent,
  surface: LabelSurface,
  encodings: Iterable<EncodedBarcode>,
): LabelDrawing {
  const inner = innerBox(surface);
  for (const barcode of encodings) {
    const drawing = isMatrix(barcode.symbology)
      ? besideSquare(content, { inner, surface }, barcode)
      : aboveBars(content, { inner, surface }, barcode);
    if (drawing) return drawing;
  }
  return { texts: textsIn(inner, content).texts, bars: null };
}

/** Printers leave the edges blank, and cut a little beside where they should. */
function innerBox({ width, height }: LabelSurface): Box {
  const padding = clamp(Math.min(width, height) * 0.06, 1, 5);
  return { x: padding, y: padding, width: width - 2 * padding, height: height - 2 * padding };
}

/** Texts on top, bars in what is left, as high as there is room, with their digits beneath. */
function aboveBars(
  content: LabelContent,
  { inner, surface }: { inner: Box; surface: LabelSurface },
  barcode: EncodedBarcode,
): LabelDrawing | null {
  const { width, quiet } = barcode;
  // What stays white beside the bars may reach to the label's edge.
  const widest = Math.min(inner.width / width, surface.width / (width + 2 * quiet), MODULE_MAX_MM);
  const scaleX = wholeDots(widest, surface);
  if (scaleX < MODULE_MIN_MM) return null;
  const { texts, bottom } = textsIn(inner, content);
  const digits = digitsSize(content.readable, inner);
  const end = inner.y + inner.height - digits * LINE;
  const scaleY = Math.min(end - bottom - (bottom > inner.y ? 0.8 : 0), BARS_HEIGHT_MAX_MM);
  if (scaleY < BARS_HEIGHT_MIN_MM) return null;
  const x = wholeDots(inner.x + (inner.width - width * scaleX) / 2, surface);
  const y = end - scaleY;
  const readable: LabelText = {
    text: content.readable,
    x: surface.width / 2,
    y: end + digits * 1.05,
    size: digits,
    isBold: false,
    anchor: 'middle',
  };
  return {
    texts: digits === 0 ? texts : [...texts, readable],
    bars: { barcode, x, y, scaleX, scaleY },
  };
}

/** Large enough to read, small enough to fit. */
function digitsSize(readable: string, { width, height }: Box): number {
  if (readable === '') return 0;
  return Math.min(clamp(height * 0.1, 2.2, 5), width / textWidth(readable, 1, false));
}

/** Texts on the left, the square on the right. */
function besideSquare(
  content: LabelContent,
  { inner, surface }: { inner: Box; surface: LabelSurface },
  barcode: EncodedBarcode,
): LabelDrawing | null {
  const { width, height, quiet } = barcode;
  const room = Math.min(inner.height, inner.width * 0.45);
  const widest = Math.min(room / Math.max(width, height), SQUARE_MAX_MM);
  const scale = wholeDots(widest, surface);
  if (scale < MODULE_MIN_MM) return null;
  const x = inner.x + inner.width - width * scale;
  const y = inner.y + (inner.height - height * scale) / 2;
  const beside = { ...inner, width: x - inner.x - quiet * scale };
  const { texts, bottom } = textsIn(beside, content);
  const digits = clamp(inner.height * 0.08, 2, 4);
  const lines = wrapText(content.readable, fitsIn(beside.width, digits, false), 2);
  const firstLine = inner.y + inner.height - lines.length * digits * LINE;
  const hasRoom = firstLine >= bottom;
  return {
    texts: hasRoom
      ? [...texts, ...stacked(lines, { ...beside, y: firstLine }, { size: digits, isBold: false })]
      : texts,
    bars: { barcode, x, y, scaleX: scale, scaleY: scale },
  };
}

/** The huge text, the name in up to two lines, and the small line, from the top. */
function textsIn(box: Box, content: LabelContent): { texts: LabelText[]; bottom: number } {
  const texts: LabelText[] = [];
  let y = box.y;
  const { huge, name, left, right } = content;
  if (huge !== '') {
    const widest = box.width / textWidth(huge, 1, true);
    const size = Math.min(widest, box.height * (name === '' ? 0.42 : 0.32));
    texts.push({ text: huge, x: box.x, y: y + size * ASCENT, size, isBold: true, anchor: 'start' });
    y += size;
  }
  const small = clamp(box.height * 0.095, 2, 5);
  if (name !== '') {
    const size = clamp(Math.min(box.height * 0.125, box.width * 0.08), 2.2, 8);
    const linesMax = box.height < 18 || huge !== '' ? 1 : 2;
    const lines = wrapText(name, fitsIn(box.width, size, true), linesMax);
    texts.push(...stacked(lines, { ...box, y }, { size, isBold: true }));
    y += lines.length * size * LINE;
  }
  if (left !== '' || right !== '') {
    const at = { ...box, y };
    texts.push(...oneLine({ left, right, size: small }, at));
    y += small * LINE;
  }
  return { texts, bottom: y };
}

/** What does not fit of the right text, and then of the left one, is left out. */
function oneLine(
  { left, right, size }: { left: string; right: string; size: number },
  box: Box,
): LabelText[] {
  const [end = ''] = wrapText(right, fitsIn(box.width, size, true), 1);
  const room = box.width - (end === '' ? 0 : textWidth(end, size, true) + size);
  const [start = ''] = room < size * 2 ? [] : wrapText(left, fitsIn(room, size, false), 1);
  const line = { y: box.y + size * ASCENT, size };
  const texts: LabelText[] = [
    { ...line, text: start, x: box.x, isBold: false, anchor: 'start' },
    { ...line, text: end, x: box.x + box.width, isBold: true, anchor: 'end' },
  ];
  return texts.filter(({ text }) => text !== '');
}

function stacked(
  lines: readonly string[],
  at: Box,
  { size, isBold }: { size: number; isBold: boolean },
): LabelText[] {
  return lines.map((text, line) => ({
    text,
    x: at.x,
    y: at.y + line * size * LINE + size * ASCENT,
    size,
    isBold,
    anchor: 'start',
  }));
}

function fitsIn(width: number, size: number, isBold: boolean): (line: string) => boolean {
  return (line) => textWidth(line, size, isBold) <= width;
}

/** The fraction keeps a width that is whole already from losing a dot to its last binary digit. */
function wholeDots(millimetres: number, { dot }: LabelSurface): number {
  return Math.floor(millimetres / dot + 1e-6) * dot;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
