import { deliveryLine } from '../../shared/entities/delivery-line.ts';
import { saveEntity } from '../auth/commit-call.ts';
import { idInput } from '../catalogue/id-input.ts';
import { procedure, router } from '../trpc.ts';
import { rowPage, siteRowPageInput } from './row-page.ts';

export const deliveryLineRouter = router({
  list: procedure
    .input(siteRowPageInput)
    .query(({ ctx, input }) => rowPage(ctx, 'delivery_line', input)),

  upsert: procedure
    .input(
      deliveryLine.schema.extend({
        id: idInput,
        site_id: idInput,
        delivery_id: idInput,
        product_id: idInput,
      }),
    )
    .mutation((call) => saveEntity(call, 'delivery_line', call.input)),
});
