import { type EntityPlan, kebabCase } from '../entity-plan.ts';
import { constantOf, idInputsOf } from './column-code.ts';

/** Typed procedures for other clients of the server than laptops, which sync. */
export function routerFile(plan: EntityPlan): string {
  const constant = constantOf(plan);
  const name = plan.pattern === 'appendOnly' ? 'append' : 'upsert';
  const page = plan.scope === 'site' ? 'siteRowPageInput' : 'rowPageInput';
  const input = `procedure.input(${constant}.schema.extend({ ${idInputsOf(plan)} }))`;
  const write = `${name}: ${input}.mutation((call) => saveEntity(call, '${plan.name}', call.input)),`;
  return `import { ${constant} } from '../../shared/entities/${kebabCase(plan.name)}.ts';
import { saveEntity } from '../auth/commit-call.ts';
import { idInput } from '../catalogue/id-input.ts';
import { procedure, router } from '../trpc.ts';
import { rowPage, ${page} } from './row-page.ts';

export const ${constant}Router = router({
  list: procedure
    .input(${page})
    .query(({ ctx, input }) => rowPage(ctx, '${plan.name}', input)),

  ${write}
});
`;
}
