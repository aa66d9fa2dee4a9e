import { productNote } from '../../shared/entities/product-note.ts';
import { saveEntity } from '../auth/commit-call.ts';
import { idInput } from '../catalogue/id-input.ts';
import { procedure, router } from '../trpc.ts';
import { rowPage, rowPageInput } from './row-page.ts';

export const productNoteRouter = router({
  list: procedure
    .input(rowPageInput)
    .query(({ ctx, input }) => rowPage(ctx, 'product_note', input)),

  upsert: procedure
    .input(productNote.schema.extend({ id: idInput }))
    .mutation((call) => saveEntity(call, 'product_note', call.input)),
});
