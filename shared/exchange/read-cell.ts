import { checkGtin } from '../domain/gtin.ts';
import { withoutGuard } from './csv-line.ts';
import type { CellType } from './import-fields.ts';

export type CellValue = string | number | boolean | null;

export type CellProblem =
  | 'tooLong'
  | 'control'
  | 'notInteger'
  | 'notBoolean'
  | 'notDay'
  | 'notChoice'
  | 'notPrice'
  | 'checkDigit';

export type ReadCell =
  { value: CellValue } | { problem: CellProblem; facts: Readonly<Record<string, string | number>> };

const DECIMAL_CHARACTERS_MAX = 64;
const INTEGER = /^[-+]?\d{1,15}$/;
const DECIMAL = /^\d{1,12}([.,]\d{1,4})?$/;
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
/** As it is written in German and Russian. Slashes are not read: they mean two things. */
const DOTTED_DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
// eslint-disable-next-line no-control-regex -- these are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
// eslint-disable-next-line no-control-regex -- these are what it looks for
const CONTROL_BUT_LINE_ENDS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const YES = new Set(['true', '1', 'yes', 'y', 'x', 'ja', 'j', 'si', 'sí', 's', 'да']);
const NO = new Set(['false', '0', 'no', 'n', 'nein', 'нет', '-']);

/** What a cell says. Text is trimmed and in NFC; null if it is empty. */
export function readCell(raw: string, cell: CellType): ReadCell {
  const text = withoutGuard(raw.trim()).normalize('NFC');
  if (text === '') return { value: null };
  const isMultiline = cell.type === 'longText';
  if ((isMultiline ? CONTROL_BUT_LINE_ENDS : CONTROL).test(text)) return problem('control');
  switch (cell.type) {
    case 'text':
    case 'longText':
      return withinLength(text, cell.max);
    case 'barcode':
      return checkGtin(text) === 'wrongCheckDigit'
        ? problem('checkDigit')
        : withinLength(text, cell.max);
    case 'integer': {
      const value = INTEGER.test(text) ? Number(text) : Number.NaN;
      const fits = value >= cell.min && value <= cell.max;
      return fits ? { value } : problem('notInteger', { min: cell.min, max: cell.max });
    }
    case 'boolean':
      return booleanOf(text.toLowerCase());
    case 'choice': {
      const found = cell.choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
      return found === undefined
        ? problem('notChoice', { choices: cell.choices.join(', ') })
        : { value: found };
    }
    case 'day':
      return dayOf(text);
    case 'decimal':
      return text.length <= DECIMAL_CHARACTERS_MAX && DECIMAL.test(text)
        ? { value: text }
        : problem('notPrice');
  }
}

function withinLength(text: string, max: number): ReadCell {
  return text.length <= max ? { value: text } : problem('tooLong', { max, length: text.length });
}

function booleanOf(text: string): ReadCell {
  if (YES.has(text)) return { value: true };
  return NO.has(text) ? { value: false } : problem('notBoolean');
}

function dayOf(text: string): ReadCell {
  const iso = ISO_DAY.exec(text);
  const dotted = DOTTED_DAY.exec(text);
  const [year = 0, month = 0, day = 0] = (
    iso ? iso.slice(1) : (dotted?.slice(1).toReversed() ?? [])
  ).map(Number);
  const at = Date.UTC(year, month - 1, day);
  // The calendar would make the 31st of June the 1st of July.
  const date = new Date(at);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1970;
  return isReal ? { value: at } : problem('notDay');
}

function problem(
  code: CellProblem,
  facts: Readonly<Record<string, string | number>> = {},
): ReadCell {
  return { problem: code, facts };
}
