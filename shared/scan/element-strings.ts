import { withCheckDigit } from '../domain/gtin.ts';
import { aiAt, type AiFormat, formatOfAi } from './application-identifiers.ts';
import { GS } from './group-separator.ts';
import { readGs1Date } from './gs1-date.ts';

/** Something about a scan that a person should look at. What was read is there nevertheless. */
export type ScanProblem =
  'wrongCheckDigit' | 'missingSeparator' | 'badDate' | 'badValue' | 'unknownIdentifier';

export interface Gs1Element {
  ai: string;
  value: string;
}

export interface Gs1Reading {
  elements: readonly Gs1Element[];
  problems: readonly ScanProblem[];
}

const BRACKETED = /\((\d{2,4})\)/g;

/** Reads element strings as a reader transmits them, or as people print them, with brackets around the identifiers. */
export function readElementStrings(text: string, thisYear: number): Gs1Reading {
  const elements: Gs1Element[] = [];
  const problems = new Set<ScanProblem>();
  if (text.startsWith('(')) readBracketed(text, elements, problems);
  else readConcatenated(text, elements, problems);
  for (const problem of judgeElements(elements, thisYear)) problems.add(problem);
  const isBracketed = text.startsWith('(');
  for (const { ai, value } of isBracketed ? [] : elements) {
    const format = formatOfAi(ai);
    if (format?.needsSeparator && hidesAnElement(value, format, thisYear)) {
      problems.add('missingSeparator');
    }
  }
  return { elements, problems: [...problems] };
}

/** What is wrong with the values, each by itself. */
export function judgeElements(
  elements: readonly Gs1Element[],
  thisYear: number,
): readonly ScanProblem[] {
  return elements.flatMap(({ ai, value }) => {
    const format = formatOfAi(ai);
    return (format && problemOf(value, format, thisYear)) ?? [];
  });
}

/** Identifiers of no known format end the reading: how long their value is cannot be known. */
function readConcatenated(text: string, elements: Gs1Element[], problems: Set<ScanProblem>): void {
  let at = 0;
  while (at < text.length) {
    if (text[at] === GS) {
      at++;
      continue;
    }
    const ai = aiAt(text, at);
    const format = ai === null ? null : formatOfAi(ai);
    if (ai === null || format === null) {
      problems.add('unknownIdentifier');
      return;
    }
    const start = at + ai.length;
    const separator = text.indexOf(GS, start);
    const nextStop = separator === -1 ? text.length : separator;
    // A fixed length needs no separator: the next identifier follows at once.
    const end = format.min === format.max ? Math.min(start + format.max, nextStop) : nextStop;
    elements.push({ ai, value: text.slice(start, end) });
    if (format.needsSeparator && end < nextStop) problems.add('missingSeparator');
    at = end;
  }
}

/** Values may contain brackets, so only those around a known identifier count. */
function readBracketed(text: string, elements: Gs1Element[], problems: Set<ScanProblem>): void {
  const marks = [...text.matchAll(BRACKETED)].filter(({ 1: ai = '' }) => formatOfAi(ai) !== null);
  if (marks[0]?.index !== 0) {
    problems.add('unknownIdentifier');
    return;
  }
  for (const [number, mark] of marks.entries()) {
    const end = marks[number + 1]?.index ?? text.length;
    const value = text.slice(mark.index + mark[0].length, end).replaceAll(GS, '');
    elements.push({ ai: mark[1] ?? '', value });
  }
}

function problemOf(value: string, format: AiFormat, thisYear: number): ScanProblem | null {
  if (value.length > format.max && format.needsSeparator) return 'missingSeparator';
  if (value.length < format.min || value.length > format.max) return 'badValue';
  if (format.kind !== 'text' && !/^\d+$/.test(value)) return 'badValue';
  if (format.kind === 'checked' && !endsInCheckDigit(value)) return 'wrongCheckDigit';
  if (format.kind === 'date' && readGs1Date(value, thisYear) === null) return 'badDate';
  return null;
}

/**
 * Whether a value of free length swallowed what follows it, for lack of a separator: some end of it reads as elements, one of
 * which proves itself by a check digit or a date. A lot that looks like that by chance is rare, and is marked only.
 */
function hidesAnElement(value: string, format: AiFormat, thisYear: number): boolean {
  for (let at = format.min; at < value.length; at++) {
    if (readsAsElements(value.slice(at), thisYear)) return true;
  }
  return false;
}

function readsAsElements(text: string, thisYear: number): boolean {
  const elements: Gs1Element[] = [];
  const problems = new Set<ScanProblem>();
  readConcatenated(text, elements, problems);
  if (problems.size > 0) return false;
  let proves = false;
  for (const { ai, value } of elements) {
    const format = formatOfAi(ai);
    if (!format || problemOf(value, format, thisYear) !== null) return false;
    proves ||= format.kind === 'checked' || format.kind === 'date';
  }
  return proves;
}

function endsInCheckDigit(digits: string): boolean {
  return withCheckDigit(digits.slice(0, -1)) === digits;
}
