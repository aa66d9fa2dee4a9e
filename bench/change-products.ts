import { product, type Product } from '../shared/entities/product.ts';
import { rowFrom } from '../server/catalogue/row-from.ts';
import { flavourOf } from '../server/store/engine/flavour-of.ts';
import type { ServerStore } from '../server/store/open-store.ts';

import { commitChanges } from '../server/sync/scope-commit.ts';
import { sampleBelow } from './random.ts';

/** Renames and reprices products here and there in the catalogue: the search index and the sort order change with them. */
export async function changeProducts(
  store: ServerStore,
  count: number,
  random: () => number,
): Promise<void> {
  await commitChanges(store, async (tx) => {
    const ids = await tx.db.selectFrom('product').select('id').orderBy('id').execute();
    const chosen = sampleBelow(ids.length, count, random).flatMap((at) => ids[at]?.id ?? []);
    const rows = await tx.db
      .selectFrom('product')
      .selectAll()
      .where(flavourOf(tx.db).idAmong('id', chosen))
      .execute();
    await tx.update(
      'product',
      rows.map((row): Product => {
        const before = rowFrom<Product>(product, row);
        return {
          ...before,
          name: renamed(before.name),
          price_minor: (before.price_minor ?? 0) + 1,
          currency: before.currency ?? 'EUR',
        };
      }),
    );
  });
}

/** The mark goes round, so that names do not grow however often they change. */
function renamed(name: string): string {
  const bare = name.replace(/ v\d$/, '');
  const number = (Number(/ v(\d)$/.exec(name)?.[1] ?? 0) % 9) + 1;
  return `${bare.slice(0, 490)} v${number}`;
}
