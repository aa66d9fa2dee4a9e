import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import type { ServerStore } from '../store/open-store.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { commitChanges } from '../sync/scope-commit.ts';
import { makeDemoRows } from './make-demo-rows.ts';

const DEMO_SEED = 20_250_101;

/** Fills an empty server with the sample catalogue. One that has products already is left alone. Returns if it filled. */
export async function seedDemo(
  store: ServerStore,
  { now, seed = DEMO_SEED }: { now: number; seed?: number | undefined },
): Promise<boolean> {
  const work = async (tx: ChangeTransaction): Promise<boolean> => {
    const any = await tx.db.selectFrom('product').select('id').limit(1).executeTakeFirst();
    if (any !== undefined) return false;
    const rows = makeDemoRows(seed, now);
    await tx.insert('category', rows.category);
    await tx.insert('brand', rows.brand);
    await tx.insert('site', rows.site);
    await tx.insert('product', rows.product);
    await tx.insert('barcode', rows.barcode);
    await tx.insert('location', rows.location);
    await tx.insert('stock_level', rows.stock_level);
    await tx.insert('person', rows.person);
    await tx.insert('delivery', rows.delivery);
    await tx.insert('delivery_line', rows.delivery_line);
    await tx.insert('stock_count', rows.stock_count);
    return true;
  };
  const { result } = await commitChanges(store, work, { scopes: [CATALOGUE_SCOPE] });
  return result;
}
