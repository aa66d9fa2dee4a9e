import { brand } from '../../shared/entities/brand.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { procedure, router } from '../trpc.ts';
import { idInput } from './id-input.ts';
import { namePage, namePageInput } from './name-page.ts';
import { saveRow } from './save-row.ts';

export const brandsRouter = router({
  list: procedure
    .input(namePageInput)
    .query(({ ctx, input }) => namePage(ctx.store.reader, 'brand', input)),

  upsert: procedure.input(brand.schema.extend({ id: idInput })).mutation(async ({ ctx, input }) => {
    const { result } = await commitChanges(ctx.store, (tx) => saveRow(tx, 'brand', input));
    return { outcome: result };
  }),
});
