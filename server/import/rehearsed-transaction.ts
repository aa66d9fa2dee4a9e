import type { ServerStore } from '../store/open-store.ts';
import { ChangeTransaction } from '../sync/change-transaction.ts';

/** For a dry run: reads what is stored and writes nothing, so it takes no lock and holds up nobody. */
class RehearsedTransaction extends ChangeTransaction {
  override async insert(): Promise<void> {}

  override async update(): Promise<number> {
    return 0;
  }
}

/** As `commitChanges`, without a commit. Each call sees the store as it is, not what an earlier one would have made of it. */
export async function rehearseChanges<T>(
  store: ServerStore,
  work: (tx: ChangeTransaction) => Promise<T>,
): Promise<{ result: T }> {
  return store.reader
    .transaction()
    .execute(async (db) => ({ result: await work(new RehearsedTransaction(store, db, 'all')) }));
}
