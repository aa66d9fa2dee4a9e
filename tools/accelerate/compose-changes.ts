import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { LANGUAGES } from '../../shared/desktop/settings.ts';
import { appendToList, type ListEdit } from './edit-source.ts';
import { type EntityPlan, kebabCase } from './entity-plan.ts';
import { constantOf } from './templates/column-code.ts';
import { entityFile } from './templates/entity-file.ts';
import { migrationConstant, migrationFile } from './templates/migration-file.ts';
import { routerFile } from './templates/router-file.ts';
import { screenFile } from './templates/screen-file.ts';
import { testFile } from './templates/test-file.ts';
import { UsageError } from './usage-error.ts';
import { addWords } from './words.ts';

export interface FileChange {
  /** From the root of the project. */
  path: string;
  text: string;
  /** What is there now; null for a new file. */
  before: string | null;
}

export interface Composed {
  changes: readonly FileChange[];
  /** Words that nobody has translated yet, by language file. */
  untranslated: readonly string[];
}

const MIGRATIONS = 'server/store/migrations';

/** Works out every file, in memory. Throws if one cannot be made, so that nothing was written then. */
export async function composeChanges(
  root: string,
  plans: readonly EntityPlan[],
): Promise<Composed> {
  const migration = `${nextMigrationNumber(root)}-${kebabCase(plans[0]?.name ?? '')}`;
  const texts = new Map<string, string>([
    ...plans.flatMap(newFiles),
    [`${MIGRATIONS}/${migration}.ts`, migrationFile(migration, plans)],
  ]);
  for (const path of texts.keys()) {
    if (!existsSync(join(root, path))) continue;
    throw new UsageError(
      `${path} is there already and is not overwritten. Remove it, or choose another name.`,
    );
  }
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  for (const [path, edits] of listEdits(plans, migration)) {
    texts.set(
      path,
      edits.reduce((text, edit) => appendToList(path, text, edit), read(path)),
    );
  }
  const untranslated: string[] = [];
  for (const language of LANGUAGES) {
    const path = `renderer/i18n/${language}.json`;
    const words = addWords(read(path), language, plans);
    texts.set(path, words.json);
    untranslated.push(...words.untranslated.map((word) => `${path}: ${word}`));
  }
  const changes = [...texts].map(async ([path, text]) => ({
    path,
    text: await formatted(root, path, text),
    before: existsSync(join(root, path)) ? read(path) : null,
  }));
  return { changes: await Promise.all(changes), untranslated };
}

function newFiles(plan: EntityPlan): [path: string, text: string][] {
  const file = kebabCase(plan.name);
  return [
    [`shared/entities/${file}.ts`, entityFile(plan)],
    [`server/entities/${file}-router.ts`, routerFile(plan)],
    [`renderer/entities/${file}-screen.tsx`, screenFile(plan)],
    [`tests/entities/${file}.test.ts`, testFile(plan)],
  ];
}

/** The five lists of the project that name every entity, and what is added to each. */
function listEdits(
  plans: readonly EntityPlan[],
  migration: string,
): ReadonlyMap<string, readonly ListEdit[]> {
  const table = migrationConstant(plans[0]?.name ?? '');
  return new Map([
    ['shared/entities/registry.ts', plans.map(registryEdit)],
    [
      'server/store/migrate.ts',
      [
        {
          constant: 'MIGRATIONS',
          entry: table,
          imports: [importOf(table, `./migrations/${migration}.ts`)],
        },
      ],
    ],
    ['server/entities/entities-router.ts', plans.map(routerEdit)],
    ['server/auth/rights.ts', plans.map(rightsEdit)],
    ['renderer/entities/entity-screens.ts', plans.map(screenEdit)],
  ]);
}

function registryEdit(plan: EntityPlan): ListEdit {
  const constant = constantOf(plan);
  return {
    constant: 'ENTITIES',
    entry: constant,
    imports: [importOf(constant, `./${kebabCase(plan.name)}.ts`)],
  };
}

function routerEdit(plan: EntityPlan): ListEdit {
  const constant = constantOf(plan);
  return {
    constant: 'entitiesRouter',
    entry: `${constant}: ${constant}Router`,
    imports: [importOf(`${constant}Router`, `./${kebabCase(plan.name)}-router.ts`)],
  };
}

/** As the rights of an entity that `entity-rights.ts` does not name. */
function rightsEdit(plan: EntityPlan): ListEdit {
  const router = `entities.${constantOf(plan)}`;
  const write =
    plan.pattern === 'appendOnly'
      ? `'${router}.append': 'signedIn'`
      : `'${router}.upsert': 'supervisor'`;
  return { constant: 'RIGHTS', entry: `'${router}.list': 'signedIn', ${write}`, imports: [] };
}

function screenEdit(plan: EntityPlan): ListEdit {
  const load = `() => import('./${kebabCase(plan.name)}-screen.tsx')`;
  return {
    constant: 'SOURCES',
    entry: `{ entity: '${plan.name}', load: ${load} }`,
    imports: [],
  };
}

function importOf(name: string, from: string): ListEdit['imports'][number] {
  return { statement: `import { ${name} } from '${from}';`, from };
}

function nextMigrationNumber(root: string): string {
  const numbers = readdirSync(join(root, MIGRATIONS)).map((name) =>
    Number(/^(\d{4})-/.exec(name)?.[1] ?? 0),
  );
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0');
}

async function formatted(root: string, path: string, text: string): Promise<string> {
  const filepath = join(root, path);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}
