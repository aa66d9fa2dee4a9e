import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import type { ProjectFile } from './project-files.ts';

export interface Import {
  specifier: string;
  /** Gone when the program runs. */
  isTypeOnly: boolean;
  /** The project's file it names, from the root; null for a package. */
  target: string | null;
}

/** Static and dynamic imports and re-exports of a source file. */
export function importsOf({ path, text }: ProjectFile): Import[] {
  const { staticImports, staticExports, dynamicImports } = parseSync(path, text).module;
  const found: { specifier: string; isTypeOnly: boolean }[] = [];
  for (const { moduleRequest, entries } of staticImports) {
    found.push({
      specifier: moduleRequest.value,
      isTypeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    });
  }
  for (const { moduleRequest, isType } of staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest) found.push({ specifier: moduleRequest.value, isTypeOnly: isType });
  }
  for (const { moduleRequest } of dynamicImports) {
    const specifier = /^['"](.+)['"]$/.exec(
      text.slice(moduleRequest.start, moduleRequest.end),
    )?.[1];
    if (specifier !== undefined) found.push({ specifier, isTypeOnly: false });
  }
  return found.map((each) => ({ ...each, target: targetOf(path, each.specifier) }));
}

function targetOf(importer: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return posix.join(posix.dirname(importer), specifier.replace(/\?.*$/, ''));
}

/** `@scope/name` or `name`; null for Node's own modules and relative imports. */
export function packageOf(specifier: string): string | null {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return null;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
