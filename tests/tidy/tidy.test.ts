import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { must } from '../../shared/domain/assert.ts';
import { projectRoot } from '../../tools/project-root.ts';
import { brokenLinks, decisionNumberGaps, pagesWithoutOneTitle } from './doc-rules.ts';
import { longFiles, machinePaths, oddFileNames } from './file-rules.ts';
import { forbiddenImports, importCycles } from './folder-rules.ts';
import { misplacedPackages, undocumentedPackages, unlockedBinaries } from './package-rules.ts';
import { readProjectFiles } from './project-files.ts';

/** What a linter cannot hold, because it looks at one file at a time. Each rule lists its problems; none may be left. */
describe('the project is tidy', () => {
  const files = readProjectFiles();
  const textOf = (path: string): string =>
    must(
      files.find((file) => file.path === path),
      path,
    ).text;

  test('folders import only whom they may', () => {
    expect(forbiddenImports(files)).toEqual([]);
  });

  test('no file needs itself by a detour', () => {
    expect(importCycles(files)).toEqual([]);
  });

  test('every package is classified, says why it is here, and stays where it can run', () => {
    const page = textOf('docs/DEPENDENCIES.md');
    expect(undocumentedPackages(textOf('package.json'), page)).toEqual([]);
    expect(misplacedPackages(files, page)).toEqual([]);
    expect(unlockedBinaries(textOf('package-lock.json'))).toEqual([]);
  });

  test('files are short and named alike', () => {
    const { tooLong, long } = longFiles(files);
    if (long.length > 0) console.log(`longer than they should be:\n${long.join('\n')}`);
    expect(tooLong).toEqual([]);
    expect(oddFileNames(files)).toEqual([]);
  });

  test('nothing names a place on one machine', () => {
    const places = [projectRoot, homedir(), '/work/'].map(
      (place) => `${place.replace(/\/$/, '')}/`,
    );
    expect(machinePaths(files, places)).toEqual([]);
  });

  test('pages have one title, their links lead somewhere, decisions are numbered', () => {
    expect(pagesWithoutOneTitle(files)).toEqual([]);
    expect(brokenLinks(files, (path) => existsSync(join(projectRoot, path)))).toEqual([]);
    expect(decisionNumberGaps(files)).toEqual([]);
  });
});
