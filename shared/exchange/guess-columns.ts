import { foldText } from '../domain/fold-text.ts';
import { IMPORT_FIELDS, type ImportKind } from './import-fields.ts';

/** Field → column of the file, from 0. A field that is not there is not imported. */
export type ColumnChoice = Readonly<Record<string, number>>;

/** Headers are compared without case, accents, spaces and signs. */
function headerKey(header: string): string {
  return foldText(header).replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Which column is which field, from their headers in any of our languages. Each column serves one field, the first that fits. */
export function guessColumns(headers: readonly string[], kind: ImportKind): ColumnChoice {
  const keys = headers.map(headerKey);
  const choice: Record<string, number> = {};
  const taken = new Set<number>();
  // Exact names first, so that `code` is not taken by a field that merely knows it as another word for itself.
  for (const isExact of [true, false]) {
    for (const { name, headers: names } of IMPORT_FIELDS[kind]) {
      if (name in choice) continue;
      const wanted = new Set((isExact ? names.slice(0, 1) : names).map(headerKey));
      const at = keys.findIndex((key, index) => !taken.has(index) && wanted.has(key));
      if (at < 0) continue;
      choice[name] = at;
      taken.add(at);
    }
  }
  return choice;
}

/** Needed fields without a column; of the fields of which one is enough, all if there is none. */
export function missingFields(
  choice: ColumnChoice,
  kind: ImportKind,
  keys: readonly string[],
): string[] {
  const needed = IMPORT_FIELDS[kind].filter(({ isNeeded, name }) => isNeeded && !(name in choice));
  const hasKey = keys.length === 0 || keys.some((name) => name in choice);
  return [...(hasKey ? [] : keys), ...needed.map(({ name }) => name)];
}
