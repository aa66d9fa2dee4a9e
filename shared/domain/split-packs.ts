import type { PackSize } from '../desktop/tally-views.ts';

interface PackCount extends PackSize {
  count: number;
}

export interface PackSplit {
  /** The largest first. */
  packs: readonly PackCount[];
  /** What fills no pack, in the smallest unit. */
  rest: number;
}

/** A quantity as people count it: as many of the largest packs as it fills, then of the next, and what is left. */
export function splitPacks(quantity: number, sizes: readonly PackSize[]): PackSplit {
  const packs: PackCount[] = [];
  let rest = Math.max(0, quantity);
  for (const size of sizes.toSorted((a, b) => b.quantity - a.quantity)) {
    if (size.quantity < 2 || rest < size.quantity) continue;
    packs.push({ ...size, count: Math.floor(rest / size.quantity) });
    rest %= size.quantity;
  }
  return { packs, rest };
}
