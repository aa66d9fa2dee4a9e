import type { ServerStore } from '../store/open-store.ts';

/** Whether anybody was ever given a sign-in; from then on everything needs one. */
export async function hasAccounts({ reader }: Pick<ServerStore, 'reader'>): Promise<boolean> {
  const account = await reader
    .selectFrom('account')
    .select('person_id')
    .limit(1)
    .executeTakeFirst();
  return account !== undefined;
}
