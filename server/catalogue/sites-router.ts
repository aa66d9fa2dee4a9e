import { site } from '../../shared/entities/site.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { procedure, router } from '../trpc.ts';
import { idInput } from './id-input.ts';
import { namePage, namePageInput } from './name-page.ts';
import { saveRow } from './save-row.ts';

export const sitesRouter = router({
  list: procedure
    .input(namePageInput)
    .query(({ ctx, input }) => namePage(ctx.store.reader, 'site', input)),

  upsert: procedure.input(site.schema.extend({ id: idInput })).mutation(async ({ ctx, input }) => {
    const { result } = await commitChanges(ctx.store, (tx) => saveRow(tx, 'site', input));
    return { outcome: result };
  }),
});
