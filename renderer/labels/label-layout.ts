import {
  A4,
  LETTER,
  PAPER_MM_MAX,
  PAPER_MM_MIN,
  type PaperSize,
} from '../../shared/desktop/printing.ts';

/** How labels stand on their paper, in millimetres. On a roll each label is a page of its own. */
export interface LabelLayout {
  paper: PaperSize;
  label: PaperSize;
  columns: number;
  rows: number;
  left: number;
  top: number;
  gapX: number;
  gapY: number;
}

/** Printed at once. A browser lays out more only slowly, and nobody watches the printer that long. */
export const LABELS_MAX = 1_000;
/** Columns or rows of a sheet. */
const LABELS_ABREAST_MAX = 50;
/** What the sums of rounded sizes may be off; no printer is that exact. */
const TOLERANCE_MM = 0.01;

export const LABEL_LAYOUTS = {
  'roll-57x32': roll(57, 32),
  'roll-100x50': roll(100, 50),
  'roll-100x150': roll(100, 150),
  'a4-70x37': { ...onSheet(A4, 70, 37), columns: 3, rows: 8, left: 0, top: 0.5 },
  'a4-99x38': {
    ...onSheet(A4, 99.1, 38.1),
    columns: 2,
    rows: 7,
    left: 4.65,
    top: 15.15,
    gapX: 2.5,
  },
  'letter-67x25': {
    ...onSheet(LETTER, 66.7, 25.4),
    columns: 3,
    rows: 10,
    left: 4.8,
    top: 12.7,
    gapX: 3.1,
  },
  'letter-102x51': {
    ...onSheet(LETTER, 101.6, 50.8),
    columns: 2,
    rows: 5,
    left: 3.9,
    top: 12.7,
    gapX: 4.8,
  },
} as const satisfies Record<string, LabelLayout>;

export type LabelLayoutName = keyof typeof LABEL_LAYOUTS;

/** A label to be drawn, in millimetres. */
export interface LabelSurface extends PaperSize {
  /** The smallest thing that the printer prints. Bars of whole dots are all equally sharp. */
  dot: number;
}

/** Of the usual printer for rolls: 203 dots in an inch. */
const ROLL_DOT_MM = 0.125;
/** Of the usual printer for sheets: 600. */
const SHEET_DOT_MM = 25.4 / 600;

export function surfaceOf({ label, columns, rows }: LabelLayout): LabelSurface {
  return { ...label, dot: columns * rows === 1 ? ROLL_DOT_MM : SHEET_DOT_MM };
}

export interface PlacedLabel<T> {
  item: T;
  /** Of its upper left corner on the paper. */
  x: number;
  y: number;
}

export type LayoutProblem = 'size' | 'count' | 'offPaper';

/** Why nothing can be laid out so. Null: it can. */
export function layoutProblem(layout: LabelLayout): LayoutProblem | null {
  const { paper, label, columns, rows, left, top, gapX, gapY } = layout;
  const edges = [paper.width, paper.height, label.width, label.height];
  if (edges.some((edge) => !(edge >= PAPER_MM_MIN && edge <= PAPER_MM_MAX))) return 'size';
  if ([columns, rows].some((count) => !Number.isInteger(count) || count < 1)) return 'count';
  if (columns > LABELS_ABREAST_MAX || rows > LABELS_ABREAST_MAX) return 'count';
  if ([left, top, gapX, gapY].some((space) => !(space >= 0))) return 'size';
  const right = left + columns * label.width + (columns - 1) * gapX;
  const bottom = top + rows * label.height + (rows - 1) * gapY;
  const fits = right <= paper.width + TOLERANCE_MM && bottom <= paper.height + TOLERANCE_MM;
  return fits ? null : 'offPaper';
}

/**
 * Every item once, row by row, from position `start` of the first page (0 is its first), because the rest of a sheet is
 * used another day. Items beyond LABELS_MAX are left out.
 */
export function layOutLabels<T>(
  layout: LabelLayout,
  items: readonly T[],
  start: number,
): readonly (readonly PlacedLabel<T>[])[] {
  const perPage = layout.columns * layout.rows;
  const skipped = Math.min(Math.max(0, start), perPage - 1);
  const pages: PlacedLabel<T>[][] = [];
  items.slice(0, LABELS_MAX).forEach((item, index) => {
    const position = skipped + index;
    const page = (pages[Math.floor(position / perPage)] ??= []);
    page.push({ item, ...cornerOf(layout, position % perPage) });
  });
  return pages;
}

function cornerOf(layout: LabelLayout, position: number): { x: number; y: number } {
  const { label, columns, left, top, gapX, gapY } = layout;
  const column = position % columns;
  const row = Math.floor(position / columns);
  return { x: left + column * (label.width + gapX), y: top + row * (label.height + gapY) };
}

function roll(width: number, height: number): LabelLayout {
  return { ...onSheet({ width, height }, width, height), columns: 1, rows: 1, left: 0, top: 0 };
}

function onSheet(
  paper: PaperSize,
  width: number,
  height: number,
): Pick<LabelLayout, 'paper' | 'label' | 'gapX' | 'gapY'> {
  return { paper, label: { width, height }, gapX: 0, gapY: 0 };
}
