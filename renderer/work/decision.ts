import type { Resolution } from '../../shared/desktop/work-views.ts';
import type { FieldConflict } from './group-conflicts.ts';

export type Choice = 'mine' | 'theirs' | 'other';
/** By conflict; absent is not chosen yet. */
export type Choices = Readonly<Partial<Record<string, Choice>>>;
export type Decide = (resolutions: readonly Resolution[]) => void;

export interface Effect {
  mine: readonly FieldConflict[];
  other: readonly FieldConflict[];
  theirs: readonly FieldConflict[];
  open: readonly FieldConflict[];
}

/** What the choices so far will do, by field. */
export function effectOf(conflicts: readonly FieldConflict[], choices: Choices): Effect {
  const chosen = (choice: Choice | undefined): readonly FieldConflict[] =>
    conflicts.filter(({ id }) => choices[id] === choice);
  return {
    mine: chosen('mine'),
    other: chosen('other'),
    theirs: chosen('theirs'),
    open: chosen(undefined),
  };
}

export function sameForAll(conflicts: readonly FieldConflict[], choice: Choice): Choices {
  return Object.fromEntries(conflicts.map(({ id }) => [id, choice]));
}
