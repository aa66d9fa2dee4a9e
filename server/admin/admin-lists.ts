import type { Kysely } from 'kysely';
import type { ErrorCode } from '../../shared/errors.ts';
import type {
  AdminPageInput,
  AdminSite,
  AuditFind,
  AuditLine,
  AuditPageInput,
  QuarantinedOperation,
  RefusedOperation,
} from '../../shared/sync/admin-protocol.ts';
import { siteScope } from '../../shared/sync/scope.ts';
import type { ServerDatabase } from '../store/server-database.ts';

/** Pages go from the newest line to the oldest, by ids that ascend with time. */

const SITES_LISTED_MAX = 1_000;

export async function listSites(db: Kysely<ServerDatabase>): Promise<readonly AdminSite[]> {
  const sites = await db
    .selectFrom('site')
    .select(['id', 'code', 'name'])
    .orderBy('sort_key')
    .orderBy('id')
    .limit(SITES_LISTED_MAX)
    .execute();
  const scopes = new Map(
    (await db.selectFrom('sync_scope').select(['scope', 'row_count', 'version']).execute()).map(
      (scope) => [scope.scope, scope],
    ),
  );
  const people = new Map(
    (
      await db
        .selectFrom('membership')
        .select((row) => ['site_id', row.fn.countAll<number | string>().as('count')])
        .groupBy('site_id')
        .execute()
    ).map(({ site_id, count }) => [site_id, Number(count)]),
  );
  return sites.map((site) => {
    const scope = scopes.get(siteScope(site.id));
    const [rows, version] = [scope?.row_count ?? 0, scope?.version ?? 0];
    return { ...site, people: people.get(site.id) ?? 0, rows, version };
  });
}

const ASKED = {
  person: 'audit.person_id',
  device: 'audit.device_id',
  action: 'audit.action',
  subject: 'audit.subject',
} as const satisfies Record<AuditFind['by'], string>;

export async function listAudit(
  db: Kysely<ServerDatabase>,
  { find, ...page }: AuditPageInput,
): Promise<readonly AuditLine[]> {
  const all = auditRows(db, page);
  const rows = await (find ? all.where(ASKED[find.by], '=', find.value) : all).execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    action: row.action,
    person: named(row.person_id, row.person_name),
    device: named(row.device_id, row.device_name),
    siteId: row.site_id,
    subject: row.subject,
    outcome: row.outcome,
    details: detailsOf(row.details),
  }));
}

/** Operations that the server refused for good. Lines of nothing else end in this way, and there is an index of how they end. */
export async function listRefused(
  db: Kysely<ServerDatabase>,
  page: AdminPageInput,
): Promise<readonly RefusedOperation[]> {
  const rows = await auditRows(db, page).where('audit.outcome', '=', 'rejected').execute();
  return rows.map((row) => {
    const { code, message } = detailsOf(row.details) ?? {};
    return {
      id: row.id,
      at: row.at,
      operationId: row.subject ?? '',
      person: named(row.person_id, row.person_name),
      device: named(row.device_id, row.device_name),
      code: (typeof code === 'string' ? code : 'INTERNAL') as ErrorCode,
      message: typeof message === 'string' ? message : '',
    };
  });
}

export async function listQuarantine(
  db: Kysely<ServerDatabase>,
  { before, limit }: AdminPageInput,
): Promise<readonly QuarantinedOperation[]> {
  let page = db
    .selectFrom('quarantine')
    .leftJoin('person', 'person.id', 'quarantine.person_id')
    .leftJoin('device', 'device.device_id', 'quarantine.device_id')
    .select([
      'quarantine.id',
      'quarantine.person_id',
      'quarantine.device_id',
      'person.name as person_name',
      'device.name as device_name',
      'received_at',
      'operation_id',
      'operation',
    ])
    .orderBy('quarantine.id', 'desc')
    .limit(limit);
  if (before !== null) page = page.where('quarantine.id', '<', before);
  return (await page.execute()).map((row) => ({
    id: row.id,
    receivedAt: row.received_at,
    device: { id: row.device_id, name: row.device_name ?? '' },
    person: named(row.person_id, row.person_name),
    operationId: row.operation_id,
    operation: row.operation,
  }));
}

function auditRows(db: Kysely<ServerDatabase>, { before, limit }: AdminPageInput) {
  const page = db
    .selectFrom('audit')
    .leftJoin('person', 'person.id', 'audit.person_id')
    .leftJoin('device', 'device.device_id', 'audit.device_id')
    .select([
      'audit.id',
      'audit.at',
      'audit.action',
      'audit.person_id',
      'audit.device_id',
      'audit.site_id',
      'audit.subject',
      'audit.outcome',
      'audit.details',
      'person.name as person_name',
      'device.name as device_name',
    ])
    .orderBy('audit.id', 'desc')
    .limit(limit);
  return before === null ? page : page.where('audit.id', '<', before);
}

/** Null for nobody. Who is not in the tables any more is known by the id alone. */
function named(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? '' };
}

function detailsOf(text: string | null): Readonly<Record<string, unknown>> | null {
  return text === null ? null : (JSON.parse(text) as Record<string, unknown>);
}
