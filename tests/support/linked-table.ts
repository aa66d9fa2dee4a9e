import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../tools/project-root.ts';

/** A row of a table in the docs: its first cell, and the tests that its last one links by their titles. */
export interface LinkedRow {
  name: string;
  tests: readonly { title: string; file: string }[];
}

const LINK = /\[([^\]]+)\]\(\.\.\/([^)]+)\)/g;

/** The rows of all tables of a page of `docs/`; `heading` is how the first cell of their headings reads. */
export function linkedRows(page: string, heading: string): LinkedRow[] {
  return readFileSync(join(projectRoot, 'docs', page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(' | ').map((cell) => cell.replaceAll(/^\| |\|$/g, '').trim()))
    .filter(([name]) => name !== undefined && !/^-+$/.test(name) && name !== heading)
    .map((cells) => ({
      name: (cells[0] ?? '').replaceAll('`', ''),
      tests: [...(cells.at(-1) ?? '').matchAll(LINK)].map(([, title = '', file = '']) => ({
        title,
        file,
      })),
    }));
}

/** Titles that are not in the files which they are said to be in. */
export function brokenLinks({ tests }: LinkedRow): string[] {
  return tests
    .filter(({ title, file }) => !readFileSync(join(projectRoot, file), 'utf8').includes(title))
    .map(({ title, file }) => `${title} (${file})`);
}
