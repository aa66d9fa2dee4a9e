import { z } from 'zod';
import { type Location, location } from '../../shared/entities/location.ts';
import { TallymanError } from '../../shared/errors.ts';
import { siteScope } from '../../shared/sync/scope.ts';
import { maySee } from '../auth/actor.ts';
import { assertMaySave } from '../auth/assert-may-save.ts';
import { commitCall, subjectOf } from '../auth/commit-call.ts';
import { idInput } from '../catalogue/id-input.ts';
import { pageLimitField } from '../catalogue/name-page.ts';
import { rowFrom } from '../catalogue/row-from.ts';
import { saveRow } from '../catalogue/save-row.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { procedure, router } from '../trpc.ts';

const listInput = z.strictObject({
  siteId: idInput,
  /** Locations with a greater code. */
  afterCode: z.string().max(64).nullable().default(null),
  limit: pageLimitField,
});

export const locationsRouter = router({
  list: procedure.input(listInput).query(async ({ ctx, input }) => {
    // As for a site that does not exist.
    if (!maySee(ctx.actor, siteScope(input.siteId))) return { rows: [], nextCode: null };
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
    .mutation((call) => {
      const { input: row } = call;
      return commitCall(call, subjectOf(row), async (tx, author) => {
        await assertMaySave(tx, author, { entity: 'location', row });
        await assertStaysWithStock(tx, row);
        return saveRow(tx, 'location', row);
      });
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
