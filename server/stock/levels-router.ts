import { z } from 'zod';
import { type StockLevel, stockLevel } from '../../shared/entities/stock-level.ts';
import { commitCall } from '../auth/commit-call.ts';
import { amongVisibleSites } from '../auth/visible-sites.ts';
import { idInput } from '../catalogue/id-input.ts';
import { pageLimitField } from '../catalogue/name-page.ts';
import { rowFrom } from '../catalogue/row-from.ts';
import { procedure, router } from '../trpc.ts';
import { setLevel, setLevelInput } from './set-level.ts';

const listInput = z.strictObject({
  productId: idInput,
  /** Levels at locations with a greater id. */
  afterLocationId: idInput.nullable().default(null),
  limit: pageLimitField,
});

export const levelsRouter = router({
  /** Where a product lies, at all sites that one may see. */
  list: procedure.input(listInput).query(async ({ ctx, input }) => {
    const { reader } = ctx.store;
    const ofProduct = reader
      .selectFrom('stock_level')
      .selectAll()
      .where('product_id', '=', input.productId)
      .where('location_id', '>', input.afterLocationId ?? '')
      .orderBy('location_id')
      .limit(input.limit + 1);
    const visible = amongVisibleSites(reader, ctx.actor, 'site_id');
    const found = await (visible === null ? ofProduct : ofProduct.where(visible)).execute();
    const rows = found.slice(0, input.limit).map((row) => rowFrom<StockLevel>(stockLevel, row));
    const last = found.length > input.limit ? rows.at(-1) : undefined;
    return { rows, nextLocationId: last?.location_id ?? null };
  }),

  set: procedure
    .input(setLevelInput)
    .mutation((call) =>
      commitCall(call, call.input, (tx, author) => setLevel(tx, call.input, author)),
    ),
});
