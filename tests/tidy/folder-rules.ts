import { importsOf } from './imports-of.ts';
import { isSource, isTest, type ProjectFile } from './project-files.ts';

/** Who may import whom. A folder may always import itself; tests, benchmarks and tools may import everything. */
interface FolderRule {
  values: readonly string[];
  /** What only its types may be taken from. */
  types?: readonly string[];
}

const SHELL: FolderRule = { values: ['main/app', 'shared'] };

const FOLDER_RULES: Readonly<Record<string, FolderRule>> = {
  shared: { values: [] },
  renderer: { values: ['shared'], types: ['main/app'] },
  server: { values: ['shared'] },
  'main/store': { values: ['shared'] },
  'main/sync': { values: ['main/store', 'shared'], types: ['server'] },
  'main/data': { values: ['main/sync', 'main/store', 'shared'] },
  'main/app': { values: ['main/data', 'shared'] },
  'main/electron': SHELL,
  'main/browser': SHELL,
  'main/cli': SHELL,
};

const FREE_FOLDERS: ReadonlySet<string> = new Set(['bench', 'tests', 'tools']);

function folderOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'main' ? `main/${second}` : top;
}

/** Imports that cross folders where no rule lets them. */
export function forbiddenImports(files: readonly ProjectFile[]): string[] {
  const problems: string[] = [];
  for (const file of files.filter((each) => isSource(each) && !isTest(each))) {
    const from = folderOf(file.path);
    if (!file.path.includes('/') || FREE_FOLDERS.has(from)) continue;
    const rule = FOLDER_RULES[from];
    if (!rule) {
      problems.push(`${file.path}: the folder ${from} has no rule in tests/tidy/folder-rules.ts`);
      continue;
    }
    for (const { target, isTypeOnly } of importsOf(file)) {
      const to = target === null ? from : folderOf(target);
      const allowed =
        to === from || rule.values.includes(to) || (isTypeOnly && rule.types?.includes(to));
      if (target !== null && isTest({ path: target })) {
        problems.push(`${file.path}: must not import ${target}, which is for tests`);
      } else if (!allowed) {
        problems.push(
          `${file.path}: ${from} must not import ${isTypeOnly ? 'types of ' : ''}${target}`,
        );
      }
    }
  }
  return problems;
}

/** Rings of files that need one another to run. Each ring is told once, from its first file. */
export function importCycles(files: readonly ProjectFile[]): string[] {
  const edges = new Map(
    files.filter(isSource).map((file) => [
      file.path,
      importsOf(file)
        .filter(({ target, isTypeOnly }) => target !== null && !isTypeOnly)
        .map(({ target }) => String(target)),
    ]),
  );
  const done = new Set<string>();
  const problems: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) problems.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return problems;
}
