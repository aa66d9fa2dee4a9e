import { sql, type Transaction } from 'kysely';
import type { ServerDatabase } from '../server-database.ts';

const GUARDS = [
  sql`create function refuse_change_of_audit() returns trigger language plpgsql as $$ begin
    raise exception 'lines of the audit are never changed or removed';
  end $$`,
  sql`create function refuse_removal_from_audit() returns trigger language plpgsql as $$ begin
    if exists (select 1 from audit_removal where old.at < before_at) then return old; end if;
    raise exception 'lines of the audit are not removed';
  end $$`,
  sql`create trigger audit_is_not_changed before update on audit
    for each row execute function refuse_change_of_audit()`,
  sql`create trigger audit_is_not_removed before delete on audit
    for each row execute function refuse_removal_from_audit()`,
  sql`create trigger audit_is_not_emptied before truncate on audit
    for each statement execute function refuse_change_of_audit()`,
];

export async function guardAuditOnPostgres(db: Transaction<ServerDatabase>): Promise<void> {
  for (const guard of GUARDS) await guard.execute(db);
}
