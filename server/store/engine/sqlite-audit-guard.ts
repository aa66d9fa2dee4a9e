import { sql, type Transaction } from 'kysely';
import type { ServerDatabase } from '../server-database.ts';

const GUARDS = [
  sql`create trigger audit_is_not_changed before update on audit begin
    select raise(abort, 'lines of the audit are never changed');
  end`,
  sql`create trigger audit_is_not_removed before delete on audit
    when not exists (select 1 from audit_removal where old.at < before_at) begin
    select raise(abort, 'lines of the audit are not removed');
  end`,
  // 'insert or replace' removes the line before it without a trigger for that.
  sql`create trigger audit_is_not_replaced before insert on audit
    when exists (select 1 from audit where id = new.id) begin
    select raise(abort, 'lines of the audit are never changed');
  end`,
];

export async function guardAuditOnSqlite(db: Transaction<ServerDatabase>): Promise<void> {
  for (const guard of GUARDS) await guard.execute(db);
}
