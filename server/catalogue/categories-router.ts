import { type Category, category } from '../../shared/entities/category.ts';
import { TallymanError } from '../../shared/errors.ts';
import { assertMaySave } from '../auth/assert-may-save.ts';
import { commitCall } from '../auth/commit-call.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { procedure, router } from '../trpc.ts';
import { idInput } from './id-input.ts';
import { namePage, namePageInput } from './name-page.ts';
import { saveRow } from './save-row.ts';

export const categoriesRouter = router({
  list: procedure.input(namePageInput).query(({ ctx, input }) => namePage(ctx, 'category', input)),

  upsert: procedure
    .input(category.schema.extend({ id: idInput, parent_id: idInput.nullable() }))
    .mutation((call) => {
      const { input: row } = call;
      return commitCall(call, row, async (tx, author) => {
        await assertMaySave(tx, author, { entity: 'category', row });
        await assertStaysTree(tx, row);
        return saveRow(tx, 'category', row);
      });
    }),
});

/** Walks up from the new parent: a category that is its own ancestor would hang everything that draws the tree. */
async function assertStaysTree(tx: ChangeTransaction, { id, parent_id }: Category): Promise<void> {
  let above = parent_id;
  for (let depth = 0; above !== null; depth++) {
    if (above === id || depth >= CATEGORY_DEPTH_MAX) {
      throw new TallymanError(
        'BAD_INPUT',
        above === id
          ? 'A category cannot be below itself. Choose another parent.'
          : `Categories cannot be nested deeper than ${CATEGORY_DEPTH_MAX}.`,
      );
    }
    const parent = await tx.db
      .selectFrom('category')
      .select('parent_id')
      .where('id', '=', above)
      .executeTakeFirst();
    above = parent?.parent_id ?? null;
  }
}

const CATEGORY_DEPTH_MAX = 32;
