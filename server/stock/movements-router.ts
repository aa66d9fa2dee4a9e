import { z } from 'zod';
import { type StockMovement, stockMovement } from '../../shared/entities/stock-movement.ts';
import { commitCall, subjectOf } from '../auth/commit-call.ts';
import { amongVisibleSites } from '../auth/visible-sites.ts';
import { idInput } from '../catalogue/id-input.ts';
import { pageLimitField } from '../catalogue/name-page.ts';
import { rowFrom } from '../catalogue/row-from.ts';
import { procedure, router } from '../trpc.ts';
import { recordMovement } from './record-movement.ts';

const listInput = z.strictObject({
  productId: idInput,
  /** Movements with a smaller id, which were recorded before it. */
  beforeId: idInput.nullable().default(null),
  limit: pageLimitField,
});

export const movementsRouter = router({
  /** Of a product at all sites that one may see, newest first. */
  list: procedure.input(listInput).query(async ({ ctx, input }) => {
    const { reader } = ctx.store;
    let ofProduct = reader
      .selectFrom('stock_movement')
      .selectAll()
      .where('product_id', '=', input.productId)
      .orderBy('id', 'desc')
      .limit(input.limit + 1);
    if (input.beforeId !== null) ofProduct = ofProduct.where('id', '<', input.beforeId);
    const visible = amongVisibleSites(reader, ctx.actor, 'site_id');
    const found = await (visible === null ? ofProduct : ofProduct.where(visible)).execute();
    const rows = found
      .slice(0, input.limit)
      .map((row) => rowFrom<StockMovement>(stockMovement, row));
    return { rows, nextId: found.length > input.limit ? (rows.at(-1)?.id ?? null) : null };
  }),

  record: procedure
    .input(
      stockMovement.schema.extend({
        id: idInput,
        site_id: idInput,
        product_id: idInput,
        from_location_id: idInput.nullable(),
        to_location_id: idInput.nullable(),
        reverses: idInput.nullable(),
      }),
    )
    .mutation((call) => {
      const { newId } = call.ctx.store;
      return commitCall(call, subjectOf(call.input), (tx, author) =>
        recordMovement(tx, call.input, { newId, author }),
      );
    }),
});
