import { basename } from 'node:path';
import { isSource, type ProjectFile } from './project-files.ts';

const LINES_MAX = 400;
const LINES_AIM = 250;

function lineCount({ text }: ProjectFile): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

export function longFiles(files: readonly ProjectFile[]): { tooLong: string[]; long: string[] } {
  const measured = files
    .filter(isSource)
    .map((file) => ({ path: file.path, lines: lineCount(file) }))
    .filter(({ lines }) => lines > LINES_AIM);
  const tell = ({ path, lines }: { path: string; lines: number }): string =>
    `${path}: ${lines} lines`;
  return {
    tooLong: measured.filter(({ lines }) => lines > LINES_MAX).map(tell),
    long: measured.filter(({ lines }) => lines <= LINES_MAX).map(tell),
  };
}

/** Lower-case words with dashes, safe on disks that ignore case. Numbered files start with their number. */
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;

export function oddFileNames(files: readonly ProjectFile[]): string[] {
  return files
    .filter(isSource)
    .filter(({ path }) => !KEBAB_CASE.test(basename(path)))
    .map(({ path }) => `${path}: not in kebab-case`);
}

/** Folders that exist on one machine only. `places` are the checkout and the home of whoever runs the test. */
export function machinePaths(files: readonly ProjectFile[], places: readonly string[]): string[] {
  return files
    .filter(({ path }) => !path.startsWith('tests/tidy/'))
    .flatMap(({ path, text }) =>
      places.filter((place) => names(text, place)).map((place) => `${path}: names ${place}`),
    );
}

/** As a path from the root: after a dot or a letter the same text is a part of a relative path. */
function names(text: string, place: string): boolean {
  for (let at = text.indexOf(place); at !== -1; at = text.indexOf(place, at + 1)) {
    if (!/[\w.]/.test(text.charAt(at - 1))) return true;
  }
  return false;
}
