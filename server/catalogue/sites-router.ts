import { site } from '../../shared/entities/site.ts';
import { saveEntity } from '../auth/commit-call.ts';
import { procedure, router } from '../trpc.ts';
import { idInput } from './id-input.ts';
import { namePage, namePageInput } from './name-page.ts';

export const sitesRouter = router({
  list: procedure.input(namePageInput).query(({ ctx, input }) => namePage(ctx, 'site', input)),

  upsert: procedure
    .input(site.schema.extend({ id: idInput }))
    .mutation((call) => saveEntity(call, 'site', call.input)),
});
