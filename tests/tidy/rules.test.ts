import { describe, expect, test } from 'vitest';
import { brokenLinks, decisionNumberGaps, pagesWithoutOneTitle } from './doc-rules.ts';
import { longFiles, machinePaths, oddFileNames } from './file-rules.ts';
import { forbiddenImports, importCycles } from './folder-rules.ts';
import { misplacedPackages, undocumentedPackages, unlockedBinaries } from './package-rules.ts';
import type { ProjectFile } from './project-files.ts';

/** Goal: show that each tidy rule can fail. Method: small made-up projects, each with one thing wrong. */
function file(path: string, text = ''): ProjectFile {
  return { path, text };
}

describe('folders', () => {
  test('an import up the layers is found, in every way to write one', () => {
    const ways = [
      "import { trigger } from '../sync/trigger.ts';",
      "export { trigger } from '../sync/trigger.ts';",
      "export * from '../sync/trigger.ts';",
      "import '../sync/trigger.ts';",
      "export const load = () => import('../sync/trigger.ts');",
      "import type { Trigger } from '../sync/trigger.ts';",
    ];
    for (const way of ways) {
      expect(forbiddenImports([file('main/store/a.ts', way)]), way).toHaveLength(1);
    }
  });

  test('the renderer may take types of the app, and nothing that runs', () => {
    const type = file('renderer/a.ts', "import type { A } from '../main/app/a.ts';");
    const value = file('renderer/b.ts', "import { a } from '../main/app/a.ts';");
    expect(forbiddenImports([type])).toEqual([]);
    expect(forbiddenImports([value])).toHaveLength(1);
  });

  test('shared imports nothing of the project, but itself', () => {
    expect(forbiddenImports([file('shared/a.ts', "import { b } from './b.ts';")])).toEqual([]);
    expect(
      forbiddenImports([file('shared/a.ts', "import { b } from '../server/b.ts';")]),
    ).toHaveLength(1);
  });

  test('what is shipped imports nothing that is for tests', () => {
    const ships = file('renderer/a.ts', "import { fake } from './testing/fake.ts';");
    const tests = file('renderer/a.test.ts', "import { fake } from './testing/fake.ts';");
    expect(forbiddenImports([ships])).toHaveLength(1);
    expect(forbiddenImports([tests])).toEqual([]);
  });

  test('a new folder needs a rule', () => {
    expect(forbiddenImports([file('main/fresh/a.ts')])).toHaveLength(1);
  });

  test('rings are found; rings of types are none', () => {
    const a = file('shared/a.ts', "import { b } from './b.ts';");
    const b = file('shared/b.ts', "import { c } from './c.ts';");
    const value = file('shared/c.ts', "import { a } from './a.ts';");
    const type = file('shared/c.ts', "import type { a } from './a.ts';");
    expect(importCycles([a, b, value])).toEqual([
      'shared/a.ts → shared/b.ts → shared/c.ts → shared/a.ts',
    ]);
    expect(importCycles([a, b, type])).toEqual([]);
  });
});

describe('packages', () => {
  const page =
    '| `react` | dom | Draws. |\n| `ws` | node | Sockets. |\n| `zod` | any | Checks. |\n';

  test('a dependency without a line and a line without a dependency are found', () => {
    expect(undocumentedPackages('{"dependencies":{"react":"1","ws":"1","zod":"1"}}', page)).toEqual(
      [],
    );
    expect(
      undocumentedPackages('{"dependencies":{"react":"1","pg":"1","zod":"1"}}', page),
    ).toHaveLength(2);
    expect(undocumentedPackages('{}', '| `x` | moon | Why not. |')).toHaveLength(2);
  });

  test('a package where it cannot run is found', () => {
    const uses = (path: string, name: string): ProjectFile =>
      file(path, `import x from '${name}';`);
    expect(misplacedPackages([uses('renderer/a.ts', 'ws')], page)).toHaveLength(1);
    expect(misplacedPackages([uses('shared/a.ts', 'react/jsx-runtime')], page)).toHaveLength(1);
    expect(
      misplacedPackages([uses('renderer/a.ts', 'react'), uses('shared/a.ts', 'zod')], page),
    ).toEqual([]);
  });
});

describe('the lock', () => {
  test('a binary of another platform that the lock does not name is found', () => {
    const lock = (packages: object): string => JSON.stringify({ packages });
    const linter = { optionalDependencies: { 'linter-linux': '1', 'linter-windows': '1' } };
    const all = { 'node_modules/a/node_modules/linter': linter, 'node_modules/linter-linux': {} };
    expect(unlockedBinaries(lock(all))).toEqual([
      'package-lock.json: linter-windows is missing, so npm ci fails there',
    ]);
    const nested = { ...all, 'node_modules/a/node_modules/linter-windows': {} };
    expect(unlockedBinaries(lock(nested))).toEqual([]);
  });
});

describe('files', () => {
  test('long files are found at the limit', () => {
    const lines = (count: number): ProjectFile => file('shared/a.ts', 'x;\n'.repeat(count));
    expect(longFiles([lines(401)]).tooLong).toHaveLength(1);
    expect(longFiles([lines(400)])).toEqual({ tooLong: [], long: ['shared/a.ts: 400 lines'] });
    expect(longFiles([lines(250)])).toEqual({ tooLong: [], long: [] });
  });

  test('odd names and paths of one machine are found', () => {
    expect(
      oddFileNames([file('renderer/Button.tsx'), file('renderer/my_button.tsx')]),
    ).toHaveLength(2);
    expect(oddFileNames([file('main/store/work-migrations/0001-create.ts')])).toEqual([]);
    const reads = file('a.ts', "open('/home/ann/tallyman/x')");
    expect(machinePaths([reads], ['/home/ann/', '/srv/'])).toEqual(['a.ts: names /home/ann/']);
    const relative = file('b.ts', "import '../srv/one.ts';");
    expect(machinePaths([relative], ['/srv/'])).toEqual([]);
  });
});

describe('pages', () => {
  test('no title and two titles are found; a # in code is none', () => {
    expect(pagesWithoutOneTitle([file('a.md', 'text'), file('b.md', '# A\n# B\n')])).toHaveLength(
      2,
    );
    expect(pagesWithoutOneTitle([file('a.md', '# A\n```sh\n# comment\n```\n')])).toEqual([]);
  });

  test('a link that leads nowhere is found', () => {
    const page = file(
      'docs/a.md',
      '# A\n[b](b.md#part) [c](../c.md) [w](https://w.example) <img src="d.png">',
    );
    expect(brokenLinks([page], (path) => path === 'docs/b.md')).toEqual([
      'docs/a.md: ../c.md leads nowhere',
      'docs/a.md: d.png leads nowhere',
    ]);
  });

  test('a gap and a double number are found', () => {
    const decisions = (...numbers: string[]): ProjectFile[] =>
      numbers.map((number) => file(`docs/decisions/${number}-x.md`));
    expect(decisionNumberGaps(decisions('0001', '0003'))).toHaveLength(1);
    expect(decisionNumberGaps(decisions('0001', '0001'))).toHaveLength(1);
    expect(decisionNumberGaps(decisions('0002', '0001'))).toEqual([]);
  });
});
