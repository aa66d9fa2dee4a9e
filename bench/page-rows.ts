import { randomFrom } from './random.ts';

/** What a list asks for at once. */
export const PAGE_ROWS = 50;
export const BROWSED_PAGES = 200;
const JUMPS = 200;

/** Where somebody drags the scroll bar to. */
export function jumpOffsets(rows: number, seed: number): number[] {
  const random = randomFrom(seed);
  return Array.from({ length: JUMPS }, () => Math.floor(random() * rows));
}
