import { COUNT_STAGES, type StockCount } from '../entities/stock-count.ts';
import { nextCountId } from './count-ids.ts';

const DAY_MS = 86_400_000;
/** Of a code in all; the number is worth more than the end of a name. */
const CODE_MAX = 64;

/** What is planned when a count that repeats is approved; null if it does not repeat. */
export function nextCount(count: StockCount): StockCount | null {
  if (count.repeat_days === null) return null;
  const from = count.due_at ?? count.approved_at ?? 0;
  const later = count.repeat_days * DAY_MS;
  return {
    ...count,
    id: nextCountId(count.id),
    code: nextCode(count.code),
    stage: COUNT_STAGES.planned,
    not_since: count.not_since === null ? null : count.not_since + later,
    due_at: from + later,
    approved_by: null,
    approved_at: null,
  };
}

/** A code that ends in a number gets the next one; another gets the number 2. */
export function nextCode(code: string): string {
  const [, name = code, digits] = /^(.*?)(\d{1,9})$/.exec(code) ?? [];
  const number =
    digits === undefined ? '-2' : String(Number(digits) + 1).padStart(digits.length, '0');
  return `${name.slice(0, CODE_MAX - number.length)}${number}`;
}
