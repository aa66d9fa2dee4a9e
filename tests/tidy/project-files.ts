import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../tools/project-root.ts';

export interface ProjectFile {
  /** From the root, with forward slashes. */
  path: string;
  text: string;
}

/** Text files that belong to the project: tracked by git or about to be. */
export function readProjectFiles(): ProjectFile[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: projectRoot,
      encoding: 'utf8',
    },
  );
  return listed
    .split('\0')
    .filter((path) => TEXT_FILE.test(path) && existsSync(join(projectRoot, path)))
    .map((path) => ({ path, text: readFileSync(join(projectRoot, path), 'utf8') }));
}

const TEXT_FILE = /\.(ts|tsx|mjs|css|html|md|json|ya?ml)$|^\.ci\/|(^|\/)LICENSE$/;
const SOURCE_FILE = /\.(ts|tsx|mjs)$/;

export function isSource({ path }: ProjectFile): boolean {
  return SOURCE_FILE.test(path);
}

/** Tests, and the folders that only tests and demonstrations use. */
export function isTest({ path }: Pick<ProjectFile, 'path'>): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('tests/') || /\/(testing|dev)\//.test(path);
}
