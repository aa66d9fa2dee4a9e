import { productNote } from '../../shared/entities/product-note.ts';
import { idInput } from '../catalogue/id-input.ts';
import { saveRow } from '../catalogue/save-row.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { procedure, router } from '../trpc.ts';
import { rowPage, rowPageInput } from './row-page.ts';

export const productNoteRouter = router({
  list: procedure
    .input(rowPageInput)
    .query(({ ctx, input }) => rowPage(ctx.store.reader, 'product_note', input)),

  upsert: procedure
    .input(productNote.schema.extend({ id: idInput }))
    .mutation(async ({ ctx, input }) => {
      const { result } = await commitChanges(ctx.store, (tx) => saveRow(tx, 'product_note', input));
      return { outcome: result };
    }),
});
