import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { PageToken } from '../../shared/sync/protocol.ts';
import type { ServerDatabase } from '../store/server-database.ts';

/** Entries of the change index that come after a page's end, or after a version. */
export function isAfter(
  change: ExpressionBuilder<ServerDatabase, 'sync_change'>,
  from: PageToken | number,
): Expression<SqlBool> {
  if (typeof from === 'number') return change('version', '>', from);
  return change(
    change.refTuple('version', 'entity', 'id'),
    '>',
    change.tuple(from.version, from.entity, from.id),
  );
}
