import { type EntityPlan, kebabCase } from '../entity-plan.ts';
import { constantOf, idInputsOf } from './column-code.ts';

/** Typed procedures for other clients of the server than laptops, which sync. */
export function routerFile(plan: EntityPlan): string {
  const constant = constantOf(plan);
  const isAppendOnly = plan.pattern === 'appendOnly';
  const page = plan.scope === 'site' ? 'siteRowPageInput' : 'rowPageInput';
  const input = `procedure.input(${constant}.schema.extend({ ${idInputsOf(plan)} }))`;
  const write = isAppendOnly
    ? `append: ${input}.mutation(async ({ ctx, input }) => {
    await commitChanges(ctx.store, (tx) => tx.insert('${plan.name}', [input]));
  }),`
    : `upsert: ${input}.mutation(async ({ ctx, input }) => {
    const { result } = await commitChanges(ctx.store, (tx) => saveRow(tx, '${plan.name}', input));
    return { outcome: result };
  }),`;
  return `import { ${constant} } from '../../shared/entities/${kebabCase(plan.name)}.ts';
import { idInput } from '../catalogue/id-input.ts';
${isAppendOnly ? '' : "import { saveRow } from '../catalogue/save-row.ts';\n"}import { commitChanges } from '../sync/scope-commit.ts';
import { procedure, router } from '../trpc.ts';
import { rowPage, ${page} } from './row-page.ts';

export const ${constant}Router = router({
  list: procedure
    .input(${page})
    .query(({ ctx, input }) => rowPage(ctx.store.reader, '${plan.name}', input)),

  ${write}
});
`;
}
