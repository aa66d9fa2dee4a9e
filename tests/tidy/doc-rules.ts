import { posix } from 'node:path';
import type { ProjectFile } from './project-files.ts';

function isPage({ path }: ProjectFile): boolean {
  return path.endsWith('.md');
}

/** A page's text without its code blocks, in which # and [ mean other things. */
function prose({ text }: ProjectFile): string {
  return text.replaceAll(/^```.*?^```/gms, '');
}

export function pagesWithoutOneTitle(files: readonly ProjectFile[]): string[] {
  return files
    .filter(isPage)
    .map((page) => ({ path: page.path, titles: prose(page).match(/^# \S/gm)?.length ?? 0 }))
    .filter(({ titles }) => titles !== 1)
    .map(({ path, titles }) => `${path}: ${titles} titles instead of one`);
}

const LINK = /\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g;

/** Links to files and folders of the project that are not there. `exists` gets a path from the root. */
export function brokenLinks(
  files: readonly ProjectFile[],
  exists: (path: string) => boolean,
): string[] {
  const problems: string[] = [];
  for (const page of files.filter(isPage)) {
    for (const [, inMarkdown, inHtml] of prose(page).matchAll(LINK)) {
      const link = inMarkdown ?? inHtml ?? '';
      if (/^(https?:|mailto:|#)/.test(link)) continue;
      const target = posix.join(posix.dirname(page.path), link.replace(/#.*$/, ''));
      if (!exists(target)) problems.push(`${page.path}: ${link} leads nowhere`);
    }
  }
  return problems;
}

const DECISION = /^docs\/decisions\/(?<number>\d{4})-[a-z0-9-]+\.md$/;

/** Decisions are numbered 0001, 0002 … with no gap and no number used twice. */
export function decisionNumberGaps(files: readonly ProjectFile[]): string[] {
  const numbers = files
    .map(({ path }) => Number(DECISION.exec(path)?.groups?.['number']))
    .filter((number) => !Number.isNaN(number))
    .toSorted((a, b) => a - b);
  return numbers
    .filter((number, at) => number !== at + 1)
    .slice(0, 1)
    .map((number) => `docs/decisions: ${number} does not follow the number before it`);
}
