import { delivery } from '../../shared/entities/delivery.ts';
import { saveEntity } from '../auth/commit-call.ts';
import { idInput } from '../catalogue/id-input.ts';
import { procedure, router } from '../trpc.ts';
import { rowPage, siteRowPageInput } from './row-page.ts';

export const deliveryRouter = router({
  list: procedure
    .input(siteRowPageInput)
    .query(({ ctx, input }) => rowPage(ctx, 'delivery', input)),

  upsert: procedure
    .input(delivery.schema.extend({ id: idInput, site_id: idInput }))
    .mutation((call) => saveEntity(call, 'delivery', call.input)),
});
