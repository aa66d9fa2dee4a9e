import { importsOf, packageOf } from './imports-of.ts';
import { isSource, isTest, type ProjectFile } from './project-files.ts';

/** Where a package can run, as its row in docs/DEPENDENCIES.md says. */
const KINDS = ['any', 'node', 'dom', 'electron', 'tool'] as const;
type Kind = (typeof KINDS)[number];

/** The first two cells of each row of the tables: | `name` | kind | why | */
function documentedPackages(page: string): Map<string, Kind> {
  const rows = page.matchAll(/^\| `(?<name>[^`]+)` *\| *(?<kind>\w+) *\| *\S/gm);
  return new Map(
    [...rows].map(({ groups }) => [groups?.['name'] ?? '', (groups?.['kind'] ?? '') as Kind]),
  );
}

/** Every dependency has its one line in docs/DEPENDENCIES.md, and every line its dependency. */
export function undocumentedPackages(manifest: string, page: string): string[] {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(manifest) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  const declared = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
  const documented = documentedPackages(page);
  return [
    ...[...declared]
      .filter((name) => !documented.has(name))
      .map((name) => `${name} has no line in docs/DEPENDENCIES.md`),
    ...[...documented.keys()]
      .filter((name) => !declared.has(name))
      .map((name) => `docs/DEPENDENCIES.md tells of ${name}, which package.json does not have`),
    ...[...documented]
      .filter(([, kind]) => !KINDS.includes(kind))
      .map(
        ([name, kind]) => `${name} is "${kind}" in docs/DEPENDENCIES.md; use ${KINDS.join(', ')}`,
      ),
  ];
}

/** Packages that are imported where their kind cannot run. */
export function misplacedPackages(files: readonly ProjectFile[], page: string): string[] {
  const kinds = documentedPackages(page);
  const problems: string[] = [];
  for (const file of files.filter((each) => isSource(each) && !isTest(each))) {
    for (const { specifier, isTypeOnly } of importsOf(file)) {
      const name = packageOf(specifier);
      const kind = name === null ? undefined : kinds.get(name);
      if (kind !== undefined && !isTypeOnly && !kindsAllowedIn(file.path).includes(kind)) {
        problems.push(`${file.path}: ${name} is of kind ${kind} and does not belong here`);
      }
    }
  }
  return problems;
}

function kindsAllowedIn(path: string): readonly Kind[] {
  if (/^(bench|tools)\/|\.config\.ts$/.test(path)) return KINDS;
  if (path.startsWith('shared/')) return ['any'];
  if (path.startsWith('renderer/')) return ['any', 'dom'];
  if (path.startsWith('main/electron/')) return ['any', 'node', 'electron'];
  return ['any', 'node'];
}

/** Optional packages, such as the binaries of other platforms, that the lock does not hold. `npm ci` fails on them. */
export function unlockedBinaries(lockFile: string): string[] {
  const { packages } = JSON.parse(lockFile) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const isLocked = (owner: string, name: string): boolean => {
    for (let folder = owner; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
      if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
      if (folder === '') return false;
    }
  };
  return Object.entries(packages).flatMap(([owner, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(owner, name))
      .map((name) => `package-lock.json: ${name} is missing, so npm ci fails there`),
  );
}
