/**
 * Widths in our font, in parts of its size, a little more than they are: a text that is thought to fit must fit. Measuring
 * in the page would need the page; labels are composed without one.
 */
const WIDTHS: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[ijlI.,:;|!'· ]/, 0.34],
  [/[ftr()[\]{}/\\"`]/, 0.42],
  [/[-–*?]/, 0.52],
  [/[MWЖШЩЮЫ@%—…]/, 1.04],
  [/[mwжшщюыфмФД]/, 0.9],
  [/\d/, 0.68],
  [/[\p{Lu}&#+=<>$€£×~]/u, 0.78],
  // Chinese, Japanese, Korean, and pictures.
  [/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/, 1.05],
  [/\p{Extended_Pictographic}/u, 1.4],
];
const WIDTH_ELSE = 0.63;
const BOLD = 1.04;

export function textWidth(text: string, size: number, isBold: boolean): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width * size * (isBold ? BOLD : 1);
}

function letterWidth(letter: string): number {
  return WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? WIDTH_ELSE;
}

/** The text in at most that many lines, broken between words where it can be, with … for what is left over. */
export function wrapText(
  text: string,
  fits: (line: string) => boolean,
  linesMax: number,
): readonly string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (rest !== '' && lines.length < linesMax) {
    if (fits(rest)) return [...lines, rest];
    const isLast = lines.length === linesMax - 1;
    const line = isLast ? shortened(rest, fits) : firstLine(rest, fits);
    lines.push(line);
    rest = rest.slice(line.length).trim();
  }
  return lines;
}

/** As many whole words as fit, or, of a word that is longer than the line, as many letters. */
function firstLine(text: string, fits: (line: string) => boolean): string {
  const words = text.split(' ');
  let count = 1;
  while (count < words.length && fits(words.slice(0, count + 1).join(' '))) count += 1;
  const line = words.slice(0, count).join(' ');
  return fits(line) ? line : headThatFits(line, fits);
}

function shortened(text: string, fits: (line: string) => boolean): string {
  return `${headThatFits(text, (head) => fits(`${head.trimEnd()}…`)).trimEnd()}…`;
}

/** At least one letter, so that wrapping comes to an end. */
function headThatFits(text: string, fits: (line: string) => boolean): string {
  const letters = [...text];
  let count = letters.length;
  while (count > 1 && !fits(letters.slice(0, count).join(''))) count -= 1;
  return letters.slice(0, count).join('');
}
