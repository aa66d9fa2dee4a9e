import { deliveryLine } from '../../shared/entities/delivery-line.ts';
import { idInput } from '../catalogue/id-input.ts';
import { saveRow } from '../catalogue/save-row.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { procedure, router } from '../trpc.ts';
import { rowPage, siteRowPageInput } from './row-page.ts';

export const deliveryLineRouter = router({
  list: procedure
    .input(siteRowPageInput)
    .query(({ ctx, input }) => rowPage(ctx.store.reader, 'delivery_line', input)),

  upsert: procedure
    .input(
      deliveryLine.schema.extend({
        id: idInput,
        site_id: idInput,
        delivery_id: idInput,
        product_id: idInput,
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { result } = await commitChanges(ctx.store, (tx) =>
        saveRow(tx, 'delivery_line', input),
      );
      return { outcome: result };
    }),
});
