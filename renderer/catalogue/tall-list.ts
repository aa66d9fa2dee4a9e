/**
 * A browser lays out no element taller than 33 million pixels, which is half a million rows. A taller list gets an
 * element of this height, and its scroll bar moves through the rows by a larger step than through the pixels.
 */
const ELEMENT_HEIGHT_MAX = 16_000_000;

/** Between the pixels of the element that scrolls and the pixels that all rows would take. */
export interface TallList {
  elementHeight: number;
  /** Pixels of rows for a pixel of scrolling; 1 for lists that fit. */
  rowsPixels: (scrollTop: number) => number;
  scrollTop: (rowsPixels: number) => number;
}

export function tallList(rowsHeight: number, viewHeight: number): TallList {
  const elementHeight = Math.min(rowsHeight, ELEMENT_HEIGHT_MAX);
  const ratio =
    rowsHeight <= ELEMENT_HEIGHT_MAX ? 1 : (rowsHeight - viewHeight) / (elementHeight - viewHeight);
  return {
    elementHeight,
    rowsPixels: (scrollTop) => scrollTop * ratio,
    scrollTop: (rowsPixels) => rowsPixels / ratio,
  };
}

/** Where to scroll so that a row is in view, moving no more than needed; null if it is. */
export function offsetToShow(
  index: number,
  { rowHeight, viewHeight, offset }: { rowHeight: number; viewHeight: number; offset: number },
): number | null {
  const start = index * rowHeight;
  if (start < offset) return start;
  if (start + rowHeight > offset + viewHeight) return start + rowHeight - viewHeight;
  return null;
}
