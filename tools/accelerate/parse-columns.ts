import type { ColumnPlan } from './entity-plan.ts';
import { UsageError } from './usage-error.ts';

const HOW_TO =
  'Write name:type, with ? after the type if it may be empty. Types: text, integer, boolean, enum(a|b), ref(entity).';
const COLUMN =
  /^(?<name>\w+)\s*:\s*(?<type>text|integer|boolean|enum|ref)\s*(?:\((?<inside>[^()]*)\))?\s*(?<nullable>\?)?$/;
const CHOICE = /^[a-z][A-Za-z0-9_]*$/;

/** Reads `code:text, note:text?, kind:enum(a|b), product_id:ref(product)`. */
export function parseColumns(text: string): ColumnPlan[] {
  // A comma inside parentheses belongs to the type, where it is refused with a better sentence.
  const parts = text.split(/,(?![^(]*\))/).map((part) => part.trim());
  if (parts.every((part) => part === '')) throw new UsageError(`There are no columns. ${HOW_TO}`);
  return parts.map(parseColumn);
}

function parseColumn(part: string): ColumnPlan {
  const found = COLUMN.exec(part)?.groups;
  if (!found) throw new UsageError(`"${part}" is not a column. ${HOW_TO}`);
  const kind = found['type'] as ColumnPlan['kind'];
  const inside = found['inside']?.trim();
  const column = {
    name: String(found['name']),
    kind,
    nullable: found['nullable'] !== undefined,
    choices: [],
    target: null,
  };
  switch (kind) {
    case 'enum':
      return { ...column, choices: parseChoices(part, inside ?? '') };
    case 'ref':
      if (!inside) throw new UsageError(`"${part}" points to nothing. Write ref(entity).`);
      return { ...column, target: inside };
    case 'text':
    case 'integer':
    case 'boolean':
      if (inside === undefined) return column;
      throw new UsageError(`"${part}": only enum and ref take parentheses. ${HOW_TO}`);
  }
}

function parseChoices(part: string, inside: string): string[] {
  const choices = inside.split('|').map((choice) => choice.trim());
  const bad = choices.find((choice) => !CHOICE.test(choice));
  if (choices.length < 2 || bad !== undefined) {
    throw new UsageError(
      `"${part}" needs two or more plain words, as in enum(draft|done). Words begin with a small letter.`,
    );
  }
  if (new Set(choices).size < choices.length) {
    throw new UsageError(`"${part}" names a choice twice. Remove one.`);
  }
  return choices;
}
