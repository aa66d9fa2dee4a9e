import { brand } from '../../shared/entities/brand.ts';
import { saveEntity } from '../auth/commit-call.ts';
import { procedure, router } from '../trpc.ts';
import { idInput } from './id-input.ts';
import { namePage, namePageInput } from './name-page.ts';

export const brandsRouter = router({
  list: procedure.input(namePageInput).query(({ ctx, input }) => namePage(ctx, 'brand', input)),

  upsert: procedure
    .input(brand.schema.extend({ id: idInput }))
    .mutation((call) => saveEntity(call, 'brand', call.input)),
});
