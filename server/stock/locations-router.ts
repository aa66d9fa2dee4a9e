import { z } from 'zod';
import { type Location, location } from '../../shared/entities/location.ts';
import { TallymanError } from '../../shared/errors.ts';
import { idInput } from '../catalogue/id-input.ts';
import { pageLimitField } from '../catalogue/name-page.ts';
import { rowFrom } from '../catalogue/row-from.ts';
import { saveRow } from '../catalogue/save-row.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { procedure, router } from '../trpc.ts';

const listInput = z.strictObject({
  siteId: idInput,
  /** Locations with a greater code. */
  afterCode: z.string().max(64).nullable().default(null),
  limit: pageLimitField,
});

export const locationsRouter = router({
  list: procedure.input(listInput).query(async ({ ctx, input }) => {
    const found = await ctx.store.reader
      .selectFrom('location')
      .selectAll()
      .where('site_id', '=', input.siteId)
      .where('code', '>', input.afterCode ?? '')
      .orderBy('code')
      .limit(input.limit + 1)
      .execute();
    const rows = found.slice(0, input.limit).map((row) => rowFrom<Location>(location, row));
    return { rows, nextCode: found.length > input.limit ? (rows.at(-1)?.code ?? null) : null };
  }),

  upsert: procedure
    .input(location.schema.extend({ id: idInput, site_id: idInput }))
    .mutation(async ({ ctx, input }) => {
      const { result } = await commitChanges(ctx.store, async (tx) => {
        await assertStaysWithStock(tx, input);
        return saveRow(tx, 'location', input);
      });
      return { outcome: result };
    }),
});

/** Stock belongs to the site of its location, so a location that holds any cannot go to another site. */
async function assertStaysWithStock(
  tx: ChangeTransaction,
  { id, site_id }: Location,
): Promise<void> {
  const elsewhere = await tx.db
    .selectFrom('stock_level')
    .select('id')
    .where('location_id', '=', id)
    .where('site_id', '!=', site_id)
    .limit(1)
    .executeTakeFirst();
  if (elsewhere !== undefined) {
    throw new TallymanError(
      'CONFLICT',
      'This location holds stock. Move the stock first, then the location to another site.',
      { details: { id } },
    );
  }
}
