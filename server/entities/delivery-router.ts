import { delivery } from '../../shared/entities/delivery.ts';
import { idInput } from '../catalogue/id-input.ts';
import { saveRow } from '../catalogue/save-row.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { procedure, router } from '../trpc.ts';
import { rowPage, siteRowPageInput } from './row-page.ts';

export const deliveryRouter = router({
  list: procedure
    .input(siteRowPageInput)
    .query(({ ctx, input }) => rowPage(ctx.store.reader, 'delivery', input)),

  upsert: procedure
    .input(delivery.schema.extend({ id: idInput, site_id: idInput }))
    .mutation(async ({ ctx, input }) => {
      const { result } = await commitChanges(ctx.store, (tx) => saveRow(tx, 'delivery', input));
      return { outcome: result };
    }),
});
