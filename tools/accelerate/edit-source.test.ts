import { describe, expect, test } from 'vitest';
import { appendToList } from './edit-source.ts';

const edit = {
  constant: 'LIST',
  entry: 'pear',
  imports: [{ statement: "import { pear } from './pear.ts';", from: './pear.ts' }],
};
const PEAR = "import { pear } from './pear.ts';\n";

describe('a list', () => {
  test.each([
    ['an empty one', 'const LIST = [];\n', `${PEAR}const LIST = [pear];\n`],
    ['with a comma at its end', 'const LIST = [a,\n];\n', `${PEAR}const LIST = [a, pear,\n];\n`],
    [
      'with a comment behind its last entry',
      'const LIST = [\n  a, // ]\n];\n',
      `${PEAR}const LIST = [\n  a, pear, // ]\n];\n`,
    ],
    [
      'with its type',
      'export const LIST: readonly X[] = [a] as const satisfies Y;\n',
      `${PEAR}export const LIST: readonly X[] = [a, pear] as const satisfies Y;\n`,
    ],
    [
      'of a call',
      'export const LIST = router({ a: b });\n',
      `${PEAR}export const LIST = router({ a: b, pear });\n`,
    ],
  ])('%s is appended to', (_, before, after) => {
    expect(appendToList('a.ts', before, edit)).toBe(after);
  });

  test('imports are sorted in among those of the project', () => {
    const before =
      "import x from 'x';\nimport { a } from './a.ts';\nimport { q } from './q.ts';\nconst LIST = [a, q];\n";
    expect(appendToList('a.ts', before, edit)).toBe(
      `import x from 'x';\nimport { a } from './a.ts';\n${PEAR}import { q } from './q.ts';\nconst LIST = [a, q, pear];\n`,
    );
  });

  test.each([
    ['is not there', 'const OTHER = [];\n', 'a.ts has no list named LIST'],
    ['is something else', 'const LIST = 5;\n', 'a.ts has no list named LIST'],
    ['is in a file that cannot be read', 'const LIST = [\n', 'a.ts cannot be read'],
  ])('that %s is an error that names the file', (_, before, sentence) => {
    expect(() => appendToList('a.ts', before, edit)).toThrow(sentence);
  });
});
