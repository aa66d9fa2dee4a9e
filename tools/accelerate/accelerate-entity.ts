import { ENTITIES } from '../../shared/entities/registry.ts';
import { applyChanges } from './apply-changes.ts';
import { type Composed, composeChanges } from './compose-changes.ts';
import { kebabCase, type PatternName, type Plan } from './entity-plan.ts';
import { makePlan, type WantedEntity } from './make-plan.ts';
import { parseColumns } from './parse-columns.ts';
import { readServerTable } from './read-server-table.ts';
import { serverTables } from './server-tables.ts';
import { UsageError } from './usage-error.ts';

export interface EntityFlags {
  name: string;
  pattern: PatternName;
  scope: 'catalogue' | 'site';
  columns?: string | undefined;
  from?: readonly string[] | undefined;
  data?: string | undefined;
  child?: string | undefined;
  childColumns?: string | undefined;
  conflicts: 'detect' | 'lastWriteWins';
  dryRun?: boolean | undefined;
}

/** Plans, composes in memory, then writes all or nothing. Returns what to tell the person. */
export async function accelerateEntity(root: string, flags: EntityFlags): Promise<string[]> {
  const { entity, notes } = await wantedEntity(flags);
  const plan = makePlan(
    { ...flags, entity, child: wantedChild(flags), notes },
    { entities: ENTITIES, tables: await serverTables() },
  );
  const composed = await composeChanges(root, plan.entities);
  if (flags.dryRun !== true) applyChanges(root, composed.changes);
  return report(plan, composed, flags.dryRun === true);
}

async function wantedEntity({
  name,
  columns,
  from,
  data,
}: EntityFlags): Promise<{ entity: WantedEntity; notes: readonly string[] }> {
  if (from === undefined) {
    if (columns === undefined) {
      throw new UsageError('Say which columns: --columns "…", or --from server-table TABLE.');
    }
    return { entity: { name, columns: parseColumns(columns) }, notes: [] };
  }
  const [source, table] = from;
  if (source !== 'server-table' || table === undefined || data === undefined || from.length > 2) {
    throw new UsageError(
      'Write --from server-table TABLE --data FOLDER, the folder of the server.',
    );
  }
  const known = new Set(ENTITIES.map((entity) => entity.name as string));
  const { notes, ...found } = await readServerTable(table, data, known);
  if (name === table) {
    throw new UsageError(
      `The table ${table} stays as it is, so the entity, which gets a table of its own, needs another name.`,
    );
  }
  return { entity: { name, ...found }, notes };
}

function wantedChild({ child, childColumns }: EntityFlags): WantedEntity | null {
  if (child === undefined && childColumns === undefined) return null;
  if (child === undefined || childColumns === undefined) {
    throw new UsageError('--child and --child-columns go together. Give both, or neither.');
  }
  return { name: child, columns: parseColumns(childColumns) };
}

function report(plan: Plan, { changes, untranslated }: Composed, isDryRun: boolean): string[] {
  const tests = plan.entities.map(({ name }) => `tests/entities/${kebabCase(name)}.test.ts`);
  const files = changes.map(
    ({ path, before }) => `  ${before === null ? 'new   ' : 'edited'} ${path}`,
  );
  const steps = [
    `npx vitest run --project node ${tests.join(' ')}`,
    'npm run verify -- lint format types:shared types:node types:renderer unused',
    'npm start, and look at the new place in the navigation',
  ];
  return [
    isDryRun ? 'Would write:' : 'Wrote:',
    ...files,
    ...plan.notes.map((note) => `Note: ${note}`),
    ...(untranslated.length === 0
      ? []
      : ['Names that nobody has translated yet:', ...untranslated.map((word) => `  ${word}`)]),
    ...(isDryRun ? [] : ['Next:', ...steps.map((step) => `  ${step}`)]),
  ];
}
