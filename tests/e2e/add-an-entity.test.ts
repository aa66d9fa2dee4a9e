import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openStore } from '../../server/store/open-store.ts';
import { must } from '../../shared/domain/assert.ts';
import { appendToList } from '../../tools/accelerate/edit-source.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { ProjectCopy } from './support/project-copy.ts';

/**
 * Goal: what docs/guides/add-an-entity.md says is so. Method: its code blocks are run and applied, in order, in a copy of the
 * project. The tests that it runs there have a real server and two laptops.
 */
const GUIDE = 'docs/guides/add-an-entity.md';
const newFolder = useTempFolders();

interface Block {
  kind: string;
  text: string;
}

function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(?<kind>\w+)\n(?<text>.*?)^```$/gms)].map(({ groups }) => ({
    kind: groups?.['kind'] ?? '',
    text: groups?.['text'] ?? '',
  }));
}

/** The server's database with the table that the guide reads columns from. */
async function makeOldSuppliers(dataDir: string): Promise<void> {
  mkdirSync(dataDir);
  await (await openStore({ dataDir })).close();
  const db = new Database(join(dataDir, 'server.db'));
  db.exec(`CREATE TABLE old_suppliers (id INTEGER PRIMARY KEY, code TEXT NOT NULL, name VARCHAR(80) NOT NULL,
      active BOOLEAN NOT NULL, rating INTEGER, favourite_id TEXT REFERENCES product(id));
    CREATE UNIQUE INDEX old_suppliers_by_code ON old_suppliers (code);`);
  db.close();
}

/** A hunk's lines of before must be in the file, and become its lines of after. */
function applyDiff(copy: ProjectCopy, diff: string): void {
  const path = must(/^\+\+\+ b\/(?<path>\S+)$/m.exec(diff)?.groups?.['path'], 'a path');
  for (const hunk of diff.split(/^@@.*\n/m).slice(1)) {
    const lines = hunk.split('\n').filter((line) => line !== '');
    const side = (marks: string): string =>
      lines
        .filter(([mark = '']) => marks.includes(mark))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    expect(copy.read(path)).toContain(side(' -'));
    copy.write(
      path,
      copy.read(path).replace(side(' -'), () => side(' +')),
    );
  }
}

function addMigration(copy: ProjectCopy, text: string): void {
  const folder = 'server/store/migrations';
  const last = readdirSync(join(copy.folder, folder)).filter((name) => /^\d{4}-/.test(name)).length;
  const numbered = text.replaceAll('NNNN', String(last + 1).padStart(4, '0'));
  const path = must(/^\/\/ (?<path>\S+)$/m.exec(numbered)?.groups?.['path'], 'a path');
  const constant = must(/export const (?<name>\w+)/.exec(numbered)?.groups?.['name'], 'a name');
  copy.write(path, numbered);
  const from = path.replace('server/store', '.');
  const list = 'server/store/migrate.ts';
  copy.write(
    list,
    appendToList(list, copy.read(list), {
      constant: 'MIGRATIONS',
      entry: constant,
      imports: [{ statement: `import { ${constant} } from '${from}';`, from }],
    }),
  );
}

test('the guide works as it stands there', { timeout: 600_000 }, async () => {
  const copy = new ProjectCopy(newFolder());
  await makeOldSuppliers(join(copy.folder, 'server-data'));
  const blocks = blocksOf(copy.read(GUIDE));
  const commands = blocks.filter(({ kind }) => kind === 'sh').map(({ text }) => text.trim());
  expect(commands.length).toBeGreaterThan(5);

  const checks: string[] = [];
  for (const command of commands) {
    // The checks come last, and once: they cover what is changed afterwards too.
    if (!command.includes('accelerate')) {
      checks.push(command);
      continue;
    }
    const before = copy.contents();
    const { code, output } = await copy.run(command);
    expect(code, `${command}\n${output}`).toBe(0);
    if (command.includes('--dry-run')) expect(copy.contents()).toEqual(before);
    else expect(copy.contents().size).toBeGreaterThan(before.size);
  }
  const written = copy.contents();
  const again = await copy.run(must(commands[0], 'a first command'));
  expect(again).toMatchObject({ code: 1 });
  expect(again.output).toContain('There is an entity shelf_label already. Choose another name.');
  expect(again.output).not.toMatch(/\n\s+at /);
  expect(copy.contents()).toEqual(written);

  expect(copy.read('shared/entities/supplier.ts')).toContain("{ columns: ['code'], unique: true }");
  expect(copy.read('shared/entities/supplier.ts')).toContain("favourite_id: 'product'");

  for (const { kind, text } of blocks) {
    if (kind === 'diff') applyDiff(copy, text);
    if (kind === 'ts') addMigration(copy, text);
  }
  for (const command of [...checks, 'npx vitest run --project node server/store/migrate.test.ts']) {
    const { code, output } = await copy.run(command);
    expect(code, `${command}\n${output}`).toBe(0);
  }
});
