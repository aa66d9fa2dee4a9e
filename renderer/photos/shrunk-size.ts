/** Enough to read a label on a pallet, and a few hundred kilobytes. */
export const PHOTO_SIDE_MAX = 1_600;

export interface Size {
  width: number;
  height: number;
}

/** The size with the same shape whose longer side is `sideMax` at most; never larger than it was, and never nothing. */
export function shrunkSize({ width, height }: Size, sideMax: number = PHOTO_SIDE_MAX): Size {
  const scale = Math.min(1, sideMax / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
