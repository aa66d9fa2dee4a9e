/** In the place of an entity's name where it is told what changed: lists of tallies are old. */
export const TALLIES_CHANGED = 'tally';
